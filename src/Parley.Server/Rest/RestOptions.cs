using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Rest;

/// <summary>Section <c>Parley:Rest</c>: addresses and limits of the HTTP interface.</summary>
internal sealed class RestOptions : IValidatableObject
{
    /// <summary>
    /// Scheme, host and port under which clients reach the server; taken from each request if empty. Needed behind a proxy that
    /// changes the Host header: without it the pages it serves count as foreign.
    /// </summary>
    public string ExternalBaseUrl { get; set; } = "";

    /// <summary>
    /// Whether a proxy in front sets X-Forwarded-For, -Proto and -Host; nobody else must reach the server then. Without it
    /// everybody behind the proxy shares one address, and the limits that count by address.
    /// </summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>The longest body of a request to the agent API: the longest message fits in any script, escaped or not.</summary>
    [Range(256, 16 << 20)]
    public int MaxBodyBytes { get; set; } = 200_000;

    /// <summary>The longest body of any request, but for files, which the services limit.</summary>
    [Range(4_096, 1 << 30)]
    public int MaxRequestBytes { get; set; } = 32 << 20;

    /// <summary>How deep objects and arrays of a request may be nested.</summary>
    [Range(4, 256)]
    public int MaxJsonDepth { get; set; } = 32;

    /// <summary>
    /// The most items of a collection in one answer; with more, the answer has a <c>totalCount</c> and the rest is on further
    /// pages. The directory's entries, in this number, are what the strictest of known clients can read in one piece.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxPageSize { get; set; } = 1_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isBase = Uri.TryCreate(ExternalBaseUrl, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.PathAndQuery == "/";
        if (ExternalBaseUrl.Length > 0 && !isBase)
            yield return new ValidationResult(
                $"'{ExternalBaseUrl}' is not an address such as https://desk.example.org.", [nameof(ExternalBaseUrl)]);
        if (MaxBodyBytes > MaxRequestBytes)
            yield return new ValidationResult($"is more than {nameof(MaxRequestBytes)}.", [nameof(MaxBodyBytes)]);
    }
}
