using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Files;

/// <summary>Section <c>Parley:Files</c>: where files are kept and who looks at them first. Times in milliseconds.</summary>
/// <remarks>Whether files may be sent at all, which and how many, each service says in the contact centre's file.</remarks>
internal sealed class FilesOptions : IValidatableObject
{
    /// <summary>
    /// The folder of the files; <c>files</c> below the data directory if empty. With PostgreSQL only of those that are just being
    /// taken in.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>So much of the disk is left free, for the log above all: with less no file is taken in.</summary>
    [Range(0, 1L << 46)]
    public long MinFreeBytes { get; set; } = 512L << 20;

    /// <summary>Files taken in at the same time; with one more the sender is asked to try again.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentUploads { get; set; } = 32;

    /// <summary>
    /// The same of one address, so that none holds all places; behind a proxy that does not tell addresses all customers share
    /// them.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxConcurrentUploadsPerAddress { get; set; } = 4;

    /// <summary>How long the sending of a file may take.</summary>
    [Range(1_000, 3_600_000)]
    public int UploadTimeoutMs { get; set; } = 120_000;

    /// <summary>
    /// How much of a refused upload is still read and thrown away, so that its sender reads why; after that the connection is
    /// closed.
    /// </summary>
    [Range(0, 1 << 30)]
    public int MaxDiscardedBytes { get; set; } = 32 << 20;

    /// <summary>The longest name of a file, in characters.</summary>
    [Range(16, 255)]
    public int MaxNameLength { get; set; } = 128;

    /// <summary>How often the folder is tried, and what is left of uploads that came to nothing is removed.</summary>
    [Range(1_000, 86_400_000)]
    public int SweepEveryMs { get; set; } = 600_000;

    /// <summary>
    /// The program that looks at each file before anybody gets it, with its arguments; the file's path is added as the last. Exit
    /// code 0 is clean, 1 is harmful, anything else a failure.
    /// </summary>
    public string[] ScanCommand { get; set; } = [];

    /// <summary>The same as an address to which the content is posted: 2xx is clean, 4xx but 408 and 429 is
    /// harmful, anything else a failure.</summary>
    public string ScanUrl { get; set; } = "";

    /// <summary>How long a file waits for its scan, and the scan may take.</summary>
    [Range(100, 600_000)]
    public int ScanTimeoutMs { get; set; } = 30_000;

    [Range(1, 1_000)]
    public int MaxConcurrentScans { get; set; } = 4;

    /// <summary>The folder in which this process keeps what it keeps of files.</summary>
    internal string RootIn(DataOptions data) => Directory.Length > 0 ? Directory : Path.Combine(data.Directory, "files");

    internal TimeSpan UploadTimeout => TimeSpan.FromMilliseconds(UploadTimeoutMs);
    internal TimeSpan SweepEvery => TimeSpan.FromMilliseconds(SweepEveryMs);
    internal TimeSpan ScanTimeout => TimeSpan.FromMilliseconds(ScanTimeoutMs);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isAddress = Uri.TryCreate(ScanUrl, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        if (ScanUrl.Length > 0 && !isAddress)
            yield return new ValidationResult($"'{ScanUrl}' is not an http or https address.", [nameof(ScanUrl)]);
        if (ScanUrl.Length > 0 && ScanCommand.Length > 0)
            yield return new ValidationResult($"cannot be combined with {nameof(ScanUrl)}.", [nameof(ScanCommand)]);
    }
}
