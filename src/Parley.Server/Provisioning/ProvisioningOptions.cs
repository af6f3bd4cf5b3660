using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Provisioning;

/// <summary>Section <c>Parley:Provisioning</c>: which contact centre this server is.</summary>
internal sealed class ProvisioningOptions
{
    /// <summary>The contact centre's file, relative to the working directory; not read with <see cref="Demo"/>.</summary>
    [Required]
    public string File { get; set; } = "./contact-center.json";

    /// <summary>The demonstration contact centre instead of a file; only on loopback addresses.</summary>
    public bool Demo { get; set; }

    /// <summary>The largest file that is read.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxFileBytes { get; set; } = 64 << 20;

    /// <summary>The most characters that one user's settings, defaults included, may have together.</summary>
    /// <remarks>Keeps <c>GET /me?subresources=*</c> far below the 2,097,152 characters that .NET clients read.</remarks>
    [Range(16_384, 1 << 20)]
    public int MaxSettingsCharactersPerUser { get; set; } = 256 << 10;
}
