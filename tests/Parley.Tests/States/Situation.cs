using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.States;

/// <summary>A chat as one agent finds it: a column of a table.</summary>
/// <param name="Me">Whose operations are asked about.</param>
/// <param name="Colleague">The other agent on the chat, at whom some operations are directed; null if there is none.</param>
internal sealed record Situation(string Name, Chat Chat, AgentId Me, AgentId? Colleague = null)
{
    private static readonly AgentId Cleo = new("7c1e0b5d4f5a4e07a2b6c1d93e48f004");

    /// <summary>The columns, by the role whose table they belong to.</summary>
    public static IReadOnlyList<(ChatRole Role, Situation[] Columns)> ByRole { get; } =
    [
        (ChatRole.Owner,
        [
            new("Invited", Offered(), Bob),
            new("Chatting, alone", Talking(), Bob),
            new("Chatting, Carol asked for advice", Asked(new Consult(Bob, To(Carol), Later)), Bob, Carol),
            new("Chatting, Carol advises", Consultation(), Bob, Carol),
            new("Chatting, Carol in the conference", Conference(), Bob, Carol),
            new("Chatting, Cleo reads silently", Supervised(ChatRole.Monitor), Bob, Cleo),
            new("Chatting, Cleo coaches", Supervised(ChatRole.Coach), Bob, Cleo),
            new("LeftChat", AfterChat(), Bob),
            new("JoinFailed", Cast.JoinFailed(), Carol),
            new("Completed", Talking().After(new Complete(Bob)), Bob),
        ]),
        (ChatRole.Conferenced,
        [
            new("Invited", Asked(new Invite(Bob, To(Carol), Later)), Carol, Bob),
            new("Chatting", Conference(), Carol, Bob),
            new("LeftChat", Conference().After(new CustomerLeave(QuitReason.Left)), Carol, Bob),
            new("Completed", Conference().After(new Leave(Carol)), Carol, Bob),
        ]),
        (ChatRole.Consultant,
        [
            new("Invited", Asked(new Consult(Bob, To(Carol), Later)), Carol, Bob),
            new("Chatting", Consultation(), Carol, Bob),
            new("Completed", Consultation().After(new Leave(Carol)), Carol, Bob),
            new("Revoked", Consultation().After(new CustomerLeave(QuitReason.Left)), Carol, Bob),
        ]),
        .. ((ChatRole[])[ChatRole.Monitor, ChatRole.Coach, ChatRole.BargeIn]).Select(role => (role, Supervisor(role))),
    ];

    private static DateTimeOffset Later => Noon.AddSeconds(30);

    private static Situation[] Supervisor(ChatRole role) =>
    [
        new("Invited", Intruding(role), Cleo, Bob),
        new("Chatting", Supervised(role), Cleo, Bob),
        new("Completed", Supervised(role).After(new Leave(Cleo)), Cleo, Bob),
        new("Revoked", Supervised(role).After(new Complete(Bob)), Cleo, Bob),
    ];

    private static Chat Intruding(ChatRole role) => Talking().After(new Intrude(Cleo, Bob, role, Later));

    private static Chat Supervised(ChatRole role) => Intruding(role).After(new Accept(Cleo, "Cleo"));

    private static Chat Conference() => Asked(new Invite(Bob, To(Carol), Later)).After(new Accept(Carol, "Carol"));

    private static Chat Consultation() => Asked(new Consult(Bob, To(Carol), Later)).After(new Accept(Carol, "Carol"));

    private static Chat Asked(CallForHelp call)
    {
        var asked = new Stamp(Noon, Bob, 1);
        return Talking().Apply(call.Accepted(Talking()), asked);
    }

    private static TransferTarget To(AgentId agent) => new TransferTarget.User(agent);
}
