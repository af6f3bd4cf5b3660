using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Parley.Server.Files;

namespace Parley.Server.Customers;

/// <summary>A multipart form with at most one file, which goes to disk as it comes.</summary>
/// <remarks>
/// A part named <c>file</c>, or with a file name, is the file; any other is a field, whatever it says it is (K18). What is
/// refused is read to its end all the same, within bounds: else its sender might never read why (K10).
/// </remarks>
/// <param name="chat">The chat's id, where the address says it.</param>
/// <param name="caller">Who sends it.</param>
internal sealed class Upload(
    FileStore store, FileIntake intake, FilesOptions files, CustomersOptions options, string? chat, Caller caller) : IDisposable
{
    private const int MaxBoundary = 100;
    private const int BufferBytes = 16 << 10;

    private int fieldBytes;
    private long discarded;
    private bool hasFile;
    private GmsAnswer? refused;

    public DoorFields Fields { get; } = new();

    /// <summary>The file; null if none came.</summary>
    public ReceivedFile? File { get; private set; }

    /// <summary>The name it came with; empty if there was none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The chat's id; null where neither the address nor a key has said it yet.</summary>
    public string? Chat => chat ?? (Fields["secureKey"] is { } key ? CustomerKeys.ChatIdOf(key).Value : null);

    /// <summary>Reads the request.</summary>
    /// <param name="request">The request, whose size is no longer limited as a whole but part by part.</param>
    /// <param name="roomFor">How large a file may be, by the fields that came before it.</param>
    /// <param name="cancel">The sender is gone, or has taken too long.</param>
    /// <returns>Null once all of it is there; else why not.</returns>
    /// <exception cref="FilesUnavailableException">The file cannot be stored.</exception>
    public async Task<GmsAnswer?> Read(
        HttpRequest request, Func<DoorFields, ValueTask<Room>> roomFor, CancellationToken cancel)
    {
        if (Boundary(request) is not { } boundary) return Wrong("The file must come in a multipart form.");
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            for (var parts = 0; await reader.ReadNextSectionAsync(cancel) is { } part; parts++)
            {
                if (parts == DoorFields.MaxFields) return Wrong($"There are more than {DoorFields.MaxFields} parts.");
                if (!await ReadPart(part, roomFor, cancel)) break;
            }
            return refused;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return Wrong("The multipart form cannot be read.");
        }
    }

    public void Dispose() => File?.Dispose();

    /// <returns>Whether to read on.</returns>
    private async Task<bool> ReadPart(MultipartSection part, Func<DoorFields, ValueTask<Room>> roomFor, CancellationToken cancel)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var about)
            || !about.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            return Refuse("A part of the multipart form says not what it is.");
        var name = HeaderUtilities.RemoveQuotes(about.Name).ToString();
        var fileName = HeaderUtilities.RemoveQuotes(about.FileNameStar.HasValue ? about.FileNameStar : about.FileName);
        fieldBytes += name.Length;
        if (name == "file" || fileName.HasValue) await ReadFile(part, fileName.ToString(), roomFor, cancel);
        else if (await Text(part.Body, cancel) is { } text) Fields.Add(name, text);
        else return Refuse($"The fields are longer than {options.MaxBodyBytes} bytes.");
        return discarded <= files.MaxDiscardedBytes;
    }

    private async Task ReadFile(
        MultipartSection part, string fileName, Func<DoorFields, ValueTask<Room>> roomFor, CancellationToken cancel)
    {
        if (hasFile) Refuse("There is more than one file; send one at a time.");
        hasFile = true;
        if (!intake.IsAcceptable(fileName))
            Refuse($"The file's name cannot be used: at most {files.MaxNameLength} letters, digits and signs, without a path.");
        if (refused is null)
        {
            var (limit, refusedFor) = await roomFor(Fields);
            refused = refusedFor;
            if (refused is null) await Take(part.Body, fileName, limit, cancel);
        }
        await Discard(part.Body, cancel);
    }

    private async Task Take(Stream content, string fileName, long limit, CancellationToken cancel)
    {
        Name = fileName;
        File = store.TryReceive(caller.Address);
        if (File is null) refused = GmsAnswer.TryAgain(Chat);
        else if (!await File.Fill(content, limit, cancel)) refused = GmsAnswer.Wrong(DoorError.FileTooLarge(limit), Chat);
    }

    private async Task Discard(Stream rest, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        while (discarded <= files.MaxDiscardedBytes && await rest.ReadAsync(buffer, cancel) is var count and > 0)
            discarded += count;
    }

    /// <summary>The text of a field; null when all fields together are too long.</summary>
    private async Task<string?> Text(Stream content, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 10];
        while (await content.ReadAsync(buffer, cancel) is var count and > 0)
        {
            if ((fieldBytes += count) > options.MaxBodyBytes) return null;
            bytes.Write(buffer, 0, count);
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundary ? boundary : null;
    }

    private bool Refuse(string why)
    {
        refused ??= Wrong(why);
        return false;
    }

    private GmsAnswer Wrong(string why) => GmsAnswer.Wrong(DoorError.Malformed(why, "Correct the request body."), Chat);
}

/// <summary>How large a file may be, or why there cannot be one.</summary>
internal readonly record struct Room(long Limit, GmsAnswer? Refused = null);
