using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Accounts;

/// <summary>Section <c>Parley:CrossOrigin</c>: which web pages of other origins may call the agent API.</summary>
/// <remarks>Source: "Cross-Origin Resource Sharing"; names and defaults are the reference's <c>crossOriginSettings</c>.</remarks>
internal sealed class CrossOriginOptions : IValidatableObject
{
    /// <summary>
    /// Origins, <c>*</c> inside the host as a wildcard: <c>https://desk.example.org</c>, <c>http://*.example.org</c>.
    /// </summary>
    [MaxLength(1_000)]
    public string[] AllowedOrigins { get; set; } = [];

    [MaxLength(20)]
    public string[] AllowedMethods { get; set; } = ["GET", "POST", "PUT", "DELETE", "OPTIONS"];

    [MaxLength(100)]
    public string[] AllowedHeaders { get; set; } =
    [
        "X-Requested-With", "Content-Type", "Accept", "Origin", "Cookie", "authorization", "ssid", "surl",
        "ContactCenterId", "X-CSRF-TOKEN", "Idempotency-Key",
    ];

    [MaxLength(100)]
    public string[] ExposedHeaders { get; set; } = ["X-CSRF-HEADER", "X-CSRF-TOKEN"];

    /// <summary>Whether browsers may send cookies and credentials.</summary>
    public bool AllowCredentials { get; set; } = true;

    /// <summary>How long browsers remember the answer to a preflight.</summary>
    [Range(0, 86_400_000)]
    public int PreflightMaxAgeMs { get; set; } = 120_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedOrigins.Where(o => !OriginPattern.IsWellFormed(o)).Select(o => new ValidationResult(
            $"'{o}' is not an origin such as https://desk.example.org or http://*.example.org.", [nameof(AllowedOrigins)]));
}
