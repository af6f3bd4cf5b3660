using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Operation.Tracing;

/// <summary>Section <c>Parley:Telemetry</c>: where traces and metrics are sent. Times in milliseconds.</summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>
    /// The address of a collector that takes OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>, without <c>/v1/traces</c>; if
    /// empty nothing is traced or sent.
    /// </summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Headers that the collector wants, as <c>name=value</c>.</summary>
    public string[] OtlpHeaders { get; set; } = [];

    /// <summary>The name of the service under which everything is sent.</summary>
    [Required]
    public string ServiceName { get; set; } = "parley";

    /// <summary>Of a hundred requests so many are traced.</summary>
    [Range(0, 100)]
    public int TracedPercent { get; set; } = 100;

    /// <summary>Spans that wait to be sent; further ones are dropped.</summary>
    [Range(512, 1_000_000)]
    public int MaxQueuedSpans { get; set; } = 2_048;

    /// <summary>How long spans wait to be sent together: 10 ms to 1 min.</summary>
    [Range(10, 60_000)]
    public int SendSpansEveryMs { get; set; } = 5_000;

    /// <summary>How often metrics are sent: 1 s to 1 h.</summary>
    [Range(1_000, 3_600_000)]
    public int SendMetricsEveryMs { get; set; } = 60_000;

    internal bool IsOn => OtlpEndpoint.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Query.Length == 0))
        {
            yield return new ValidationResult(
                $"'{OtlpEndpoint}' is not an address such as http://127.0.0.1:4318.", [nameof(OtlpEndpoint)]);
        }
        foreach (var header in OtlpHeaders.Where(h => h.IndexOf('=', StringComparison.Ordinal) < 1))
            yield return new ValidationResult("a header is name=value.", [nameof(OtlpHeaders)]);
    }
}
