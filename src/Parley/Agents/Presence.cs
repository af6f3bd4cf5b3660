namespace Parley.Agents;

/// <summary>A medium on which an agent works, by its wire name.</summary>
public readonly record struct MediaChannel(string Name)
{
    public static readonly MediaChannel Chat = new("chat");

    public override string ToString() => Name;
}

/// <summary>Whether an agent is open to offers.</summary>
public enum Readiness
{
    /// <summary>Not on this channel.</summary>
    LoggedOut,

    /// <summary>There, but not shown any offers.</summary>
    NotReady,

    /// <summary>Open to offers.</summary>
    Ready,
}

/// <summary>What an agent's desktop shows as the state of a channel.</summary>
/// <param name="StateId">The id of the state; well-known for the states that every installation has.</param>
/// <param name="Reason">Why the agent is not ready, where the state says so.</param>
/// <param name="WorkMode">After-contact work, where the state says so.</param>
public sealed record Presence(
    string StateId, Readiness Readiness, string DisplayName, string? Reason = null, string? WorkMode = null,
    DoNotDisturb DoNotDisturb = DoNotDisturb.Off)
{
    // The ids of the three states that every installation has are constants of the protocol, letter case included.
    public static readonly Presence Ready = new("9430250E-0A1B-421F-B372-F29E69366DED", Readiness.Ready, "Ready");
    public static readonly Presence NotReady = new("900D55CC-2BB0-431F-8BF9-D3525B383BE6", Readiness.NotReady, "Not Ready");
    public static readonly Presence Offline = new("0F7F5003-EF26-4D13-A6Ef-D0C7EC819BEB", Readiness.LoggedOut, "Offline");
}

/// <summary>The do-not-disturb switch of a channel.</summary>
public enum DoNotDisturb
{
    Off,
    On,
}
