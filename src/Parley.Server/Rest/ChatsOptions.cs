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

    /// <summary>The longest link that an agent may send.</summary>
    [Range(16, 32_768)]
    public int MaxUrlLength { get; set; } = 2_048;

    /// <summary>Whether help can be asked of a queue, skill or group, whoever is free there, and not only of a user.</summary>
    public bool AllowQueueConsult { get; set; } = true;

    /// <summary>
    /// Whether every reply carries the <c>referenceId</c> of its notifications, and not only those of Consult and Invite.
    /// </summary>
    public bool ReferenceIdInResponses { get; set; }

    /// <summary>Whether a removal also leaves the Notice in the log that old versions of the API left there (Quirk 27).</summary>
    public bool LegacyRemoveNotice { get; set; }
}
