using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>What a host answers when a client wants to create, subscribe or publish.</summary>
public sealed class Permission
{
    /// <summary>The reason given when a host has none of its own.</summary>
    public const string ByPolicy = "denied_by_security_policy";

    private Permission(string? reason, JsonObject? ext, JsonObject? advice, string? error = null) =>
        (Reason, Ext, Advice, Error) = (reason, ext, advice, error);

    /// <summary>The client may.</summary>
    public static Permission Granted { get; } = new(null, null, null);

    /// <summary>The client may not, without a reason of the host's own.</summary>
    public static Permission Refused { get; } = new(ByPolicy, null, null);

    /// <summary>Why not, as the error's argument; null if granted.</summary>
    public string? Reason { get; }

    /// <summary>True if the client may.</summary>
    public bool IsGranted => Reason is null;

    internal JsonObject? Ext { get; }

    internal JsonObject? Advice { get; }

    /// <summary>The whole error in place of the usual one; null for that.</summary>
    internal string? Error { get; }

    /// <summary>
    /// The client may not; <paramref name="reason"/> (letters, digits, underscores) is the argument of the error it is sent, and
    /// <paramref name="ext"/> and <paramref name="advice"/> become members of the reply.
    /// </summary>
    public static Permission Denied(string reason, JsonObject? ext = null, JsonObject? advice = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        if (!reason.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("A reason is of letters, digits and underscores.", nameof(reason));
        return new Permission(reason, ext, advice);
    }

    /// <summary>
    /// The client may not as it wanted to; <paramref name="error"/> is the whole error it is sent: three digits, arguments, and
    /// what is wrong, with colons between them.
    /// </summary>
    public static Permission Failed(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Split(':', 3) is not [{ Length: 3 } code, _, _] || !code.All(char.IsAsciiDigit))
            throw new ArgumentException("An error is a code of three digits, arguments and a text: 400::wrong.", nameof(error));
        return new Permission(ByPolicy, null, null, error);
    }
}
