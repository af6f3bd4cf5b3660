using System.Collections.Frozen;
using Parley.Agents;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>The operations on the states of channels by name, read from the body of a request.</summary>
/// <remarks>
/// The states that agents choose from, the do-not-disturb switch, and two synonyms. Source: SettingAgentStateChannel;
/// AgentStateControlNotReady.
/// </remarks>
internal sealed class StateOperations(ContactCenter center, ChatsOptions options)
{
    private readonly FrozenDictionary<string, Func<Presence, Presence>> changes = Changes(center);

    /// <summary>The change that the body asks for, or why there is none.</summary>
    /// <param name="channel">The channel; null for every channel of the session.</param>
    /// <param name="body">Its <c>operationName</c>, and for NotReady a <c>reason</c>.</param>
    public (ChangePresence? Operation, Rejection? Refused) Read(MediaChannel? channel, RequestBody body)
    {
        var name = body.RequiredText("operationName");
        var reason = body.BoundedText("reason", options.MaxNameLength);
        if (body.Refused is { } refused) return (null, refused);
        return changes.TryGetValue(name, out var change)
            ? (new ChangePresence(channel, now => WithReason(change(now), name, reason)), null)
            : (null, Unknown);
    }

    /// <summary>The refusal of a name that is no operation here.</summary>
    public static Rejection Unknown { get; } = new(
        Reason.OutOfRange, "The value of 'operationName' is not an operation on the state of a channel.");

    private static Presence WithReason(Presence presence, string operation, string? reason) =>
        operation == "NotReady" && !string.IsNullOrEmpty(reason) ? presence with { Reason = reason } : presence;

    private static FrozenDictionary<string, Func<Presence, Presence>> Changes(ContactCenter center)
    {
        var changes = center.AgentStates.ToDictionary(
            state => state.OperationName,
            state => (Func<Presence, Presence>)(now => state.Presence.Readiness == Readiness.NotReady
                ? state.Presence with { DoNotDisturb = now.DoNotDisturb }
                : state.Presence),
            StringComparer.Ordinal);
        changes["DoNotDisturbOn"] = _ => Presence.NotReady with { DoNotDisturb = DoNotDisturb.On };
        changes["DoNotDisturbOff"] = now => now with { DoNotDisturb = DoNotDisturb.Off };
        changes["Login"] = now => now.Readiness == Readiness.LoggedOut ? Presence.NotReady : now;
        changes["Logout"] = _ => Presence.Offline;
        return changes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
