using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>A state and role in a chat, reached over the wire; who is in it, and whom it calls a colleague.</summary>
internal sealed record ChatSituation(
    string Name, Func<Floor, Task> Prepare, Func<Floor, AgentClient> Caller, Func<Floor, AgentClient> Colleague);

/// <summary>The columns of <see cref="ChatRefusalTable"/>, from left to right.</summary>
internal static class ChatSituations
{
    public static readonly IReadOnlyList<ChatSituation> All =
    [
        new("Of offered", f => f.Offered(), Bob, Carol),
        new("As asked for advice", f => f.Asked(f.Carol, "Consult"), Carol, Bob),
        new("Al alone with the customer", f => f.Talking(), Bob, Carol),
        new("Ow owner of a conference", f => f.Joined(f.Carol, "Invite"), Bob, Carol),
        new("Ad owner, advised", f => f.Joined(f.Carol, "Consult"), Bob, Carol),
        new("Gu guest in a conference", f => f.Joined(f.Carol, "Invite"), Carol, Bob),
        new("Co consultant", f => f.Joined(f.Carol, "Consult"), Carol, Bob),
        new("Mo silent supervisor", f => f.Supervised(f.Cleo, "Monitor"), Cleo, Bob),
        new("Ch coach", f => f.Supervised(f.Cleo, "Coach"), Cleo, Bob),
        new("Ba barged in", f => f.Supervised(f.Cleo, "BargeIn"), Cleo, Bob),
        new("Le left", f => f.AfterChat(), Bob, Carol),
        new("Jo failed to join", f => f.JoinFailed(), Carol, Bob),
        new("Go gone from a conference", f => f.Gone(), Carol, Bob),
        new("St never on the chat", f => f.Joined(f.Carol, "Invite"), f => f.Dave, Bob),
        new("Su supervisor not on the chat", f => f.Joined(f.Carol, "Invite"), f => f.Sam, Bob),
    ];

    private static AgentClient Bob(Floor floor) => floor.Bob;

    private static AgentClient Carol(Floor floor) => floor.Carol;

    private static AgentClient Cleo(Floor floor) => floor.Cleo;
}
