using System.Collections.Frozen;

namespace Parley.Server.Files;

/// <summary>
/// A type of file that may be sent, known by its content and not by its name. What a browser would run is not among them.
/// </summary>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Extensions">The extensions that go with such content; the first is given to a name that has none.</param>
/// <param name="Matches">Whether the content is of the type.</param>
internal sealed record FileType(string MediaType, string[] Extensions, Func<FileContent, bool> Matches)
{
    /// <summary>What is served of a type that is not known, or not any more.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly FileType[] All =
    [
        new("image/jpeg", ["jpg", "jpeg"], c => c.Begins([0xFF, 0xD8, 0xFF])),
        new("image/png", ["png"], c => c.Begins("\u0089PNG\r\n\u001a\n")),
        new("image/gif", ["gif"], c => c.Begins("GIF87a") || c.Begins("GIF89a")),
        new("image/webp", ["webp"], c => c.Begins("RIFF") && c.Has(8, "WEBP")),
        new("image/bmp", ["bmp"], c => c.Begins("BM") && c.Number(2) == c.Length),
        new("image/heic", ["heic"], c => c.IsMedia("heic", "heix", "mif1", "msf1")),
        new("application/pdf", ["pdf"], c => c.Begins("%PDF-")),
        Office("docx", "wordprocessingml.document", "word/document.xml"),
        Office("xlsx", "spreadsheetml.sheet", "xl/workbook.xml"),
        Office("pptx", "presentationml.presentation", "ppt/presentation.xml"),
        new("application/zip", ["zip"], c => c.Begins("PK\u0003\u0004")),
        new("audio/mpeg", ["mp3"], c => c.Begins("ID3") || c.Begins([0xFF, 0xFB]) || c.Begins([0xFF, 0xF3])),
        new("audio/wav", ["wav"], c => c.Begins("RIFF") && c.Has(8, "WAVE")),
        new("audio/mp4", ["m4a"], c => c.IsMedia("M4A ")),
        new("video/quicktime", ["mov"], c => c.IsMedia("qt  ")),
        new("video/mp4", ["mp4"], c => c.IsMedia("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash")),
        new("text/csv", ["csv"], c => c.IsText),
        new("text/plain", ["txt"], c => c.IsText),
    ];

    private static readonly FrozenSet<string> MediaTypes = All.Select(t => t.MediaType).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every extension that a service may allow.</summary>
    public static IReadOnlyList<string> KnownExtensions { get; } =
        [.. All.SelectMany(t => t.Extensions).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The type of a file under a name; null when the content is not what the name says, or is of no type that may be sent.
    /// </summary>
    /// <param name="extension">That of the name; empty when it has none.</param>
    public static FileType? Of(FileContent content, string extension) =>
        All.FirstOrDefault(t => (extension.Length == 0 || t.Extensions.Contains(extension)) && t.Matches(content));

    /// <summary>The type that a stored file is served as.</summary>
    public static string Served(string mediaType) => MediaTypes.Contains(mediaType) ? mediaType : Unknown;

    private static FileType Office(string extension, string mediaType, string part) => new(
        $"application/vnd.openxmlformats-officedocument.{mediaType}", [extension],
        c => c.Begins("PK\u0003\u0004") && ZipNames.Of(c) is { } names && names.Contains("[Content_Types].xml")
            && names.Contains(part) && !names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)));
}
