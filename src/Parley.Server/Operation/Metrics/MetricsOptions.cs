using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Parley.Server.Operation.Metrics;

/// <summary>Section <c>Parley:Metrics</c>: who may read <c>/metrics</c>, and how much there may be.</summary>
internal sealed class MetricsOptions : IValidatableObject
{
    /// <summary>
    /// Networks from which metrics may be read without the token, none of them if a proxy stands between that is not trusted;
    /// empty for none.
    /// </summary>
    public string[] Networks { get; set; } =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

    /// <summary>
    /// What lets others read them, sent as <c>Authorization: Bearer</c>; at least 16 characters, empty for nobody.
    /// </summary>
    public string Token { get; set; } = "";

    /// <summary>The most series of one metric; what is beyond them is counted together as <c>overflow="true"</c>.</summary>
    [Range(10, 1_000_000)]
    public int MaxSeries { get; set; } = 2_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in Networks.Where(n => !IPNetwork.TryParse(n, out _)))
            yield return new ValidationResult($"'{network}' is not a network such as 10.0.0.0/8.", [nameof(Networks)]);
        if (Token.Length is > 0 and < 16) yield return new ValidationResult("must have at least 16 characters.", [nameof(Token)]);
    }
}
