using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>What one authorizer thinks.</summary>
public sealed class AuthorizerVerdict
{
    private AuthorizerVerdict(Permission? permission) => Permission = permission;

    /// <summary>Yes, unless another denies.</summary>
    public static AuthorizerVerdict Grant { get; } = new(Permission.Granted);

    /// <summary>No opinion: others decide, and if none grants it is refused.</summary>
    public static AuthorizerVerdict Ignore { get; } = new(permission: null);

    internal Permission? Permission { get; }

    /// <summary>No, whatever others say; with the same words to the client as <see cref="Permission.Denied"/>.</summary>
    public static AuthorizerVerdict Deny(string reason, JsonObject? ext = null, JsonObject? advice = null) =>
        new(Permission.Denied(reason, ext, advice));
}
