namespace Parley.Chats.Operations;

/// <summary>The second step of a transfer or conference that began with a consultation, by the agent who asked for it.</summary>
/// <remarks>
/// It concerns the consultant who joined last. Refused: InvalidInState unless the agent is Chatting and a consultant it asked
/// has joined; otherwise as the operation it comes down to.
/// Source: "Interactions On Chat Channel".
/// </remarks>
public abstract record SecondStep(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsChatting(Agent) && Consultant(chat) is not null;

    public override bool IsFor(ChatRole role) => Towards(default).IsFor(role);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        Towards(new TransferTarget.User(Consultant(chat)!.Agent)).Effects(chat);

    /// <summary>What this comes down to.</summary>
    protected abstract AgentOperation Towards(TransferTarget? consultant);

    private AgentPart? Consultant(Chat chat) => chat.Agents.Values
        .Where(p => p is { IsChatting: true, Role: ChatRole.Consultant } && p.InvitedBy == Agent)
        .MaxBy(p => p.Party!.Id.Value, StringComparer.Ordinal);
}

/// <summary>The consultant takes the chat over.</summary>
/// <inheritdoc cref="SecondStep" path="/remarks"/>
public sealed record CompleteTransfer(AgentId Agent) : SecondStep(Agent)
{
    protected override AgentOperation Towards(TransferTarget? consultant) => new Transfer(Agent, consultant!, default);
}

/// <summary>The consultant is brought before the customer.</summary>
/// <inheritdoc cref="SecondStep" path="/remarks"/>
public sealed record CompleteConference(AgentId Agent) : SecondStep(Agent)
{
    protected override AgentOperation Towards(TransferTarget? consultant) => new Invite(Agent, consultant!, default);
}

/// <summary>
/// A name that the published page gives to two things (Quirk 7): whoever asked for a consultation makes it a conference, and
/// the consultant leaves.
/// </summary>
/// <inheritdoc cref="SecondStep" path="/remarks"/>
public sealed record LeaveChatConsultation(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => Meant(chat).IsOpen(chat);

    public override bool IsFor(ChatRole role) => role != ChatRole.Monitor;

    protected internal override Decision<ChatEvent> Effects(Chat chat) => Meant(chat).Effects(chat);

    private AgentOperation Meant(Chat chat) =>
        chat.Part(Agent) is { IsChatting: true, Role: ChatRole.Consultant } ? new Leave(Agent) : new CompleteConference(Agent);
}
