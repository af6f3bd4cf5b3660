using System.ComponentModel.DataAnnotations;
using Parley.Chats;

namespace Parley.Server.Rest;

/// <summary>Section <c>Parley:Chats</c>: limits and defaults of what agents do with chats.</summary>
internal sealed class ChatsOptions
{
    [Range(1, 262_144)]
    public int MaxMessageLength { get; set; } = 32_768;

    /// <summary>The longest nickname, label, disposition, reason, place, or key of user data.</summary>
    [Range(16, 1_024)]
    public int MaxNameLength { get; set; } = 128;

    [Range(1, 32_768)]
    public int MaxUserDataValueLength { get; set; } = 4_096;

    /// <summary>The user data key under which a disposition is kept when the request names none.</summary>
    [Required]
    public string DefaultDispositionKey { get; set; } = UserDataRules.DispositionKey;
}
