namespace Parley.Chats.Operations;

/// <summary>A supervisor on the chat goes on in another way.</summary>
/// <remarks>
/// Refused: InvalidInState unless Chatting, when it is that way already, or when the transcript is full; Forbidden for who is
/// not on the chat as a supervisor.
/// </remarks>
public abstract record SwitchRole(AgentId Agent) : AgentOperation(Agent)
{
    protected abstract ChatRole To { get; }

    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent) && chat.Part(Agent)!.Role != To;

    public override bool IsFor(ChatRole role) => role.Supervises();

    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentRoleChanged(Agent, To)];
}

/// <summary>A supervisor falls silent: from now on only supervisors notice it.</summary>
/// <inheritdoc cref="SwitchRole" path="/remarks"/>
/// <remarks>Source: Web Services API Reference, "ChatSwitchToMonitor".</remarks>
public sealed record SwitchToMonitor(AgentId Agent) : SwitchRole(Agent)
{
    protected override ChatRole To => ChatRole.Monitor;
}

/// <summary>A supervisor talks to the agents from now on.</summary>
/// <inheritdoc cref="SwitchRole" path="/remarks"/>
/// <remarks>Source: Web Services API Reference, "ChatSwitchToCoach".</remarks>
public sealed record SwitchToCoach(AgentId Agent) : SwitchRole(Agent)
{
    protected override ChatRole To => ChatRole.Coach;
}

/// <summary>A supervisor talks to everyone from now on.</summary>
/// <inheritdoc cref="SwitchRole" path="/remarks"/>
/// <remarks>Source: Web Services API Reference, "ChatSwitchToBargeIn".</remarks>
public sealed record SwitchToBargeIn(AgentId Agent) : SwitchRole(Agent)
{
    protected override ChatRole To => ChatRole.BargeIn;
}

/// <summary>A supervisor wants into a chat that an agent is in the middle of; accepting the offer brings it in.</summary>
/// <param name="Supervisor">Who wants in.</param>
/// <param name="Agent">Whose chat it is.</param>
/// <remarks>
/// Refused: NotFound unless the agent holds the chat; InvalidInState unless the agent is Chatting, or when the supervisor takes
/// part already.
/// Source: Web Services API Reference, "ChatIntrude".
/// </remarks>
public sealed record Intrude(AgentId Supervisor, AgentId Agent, ChatRole As, DateTimeOffset Until) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat)
    {
        if (chat.Part(Agent) is not { IsOver: false } part)
            return new Rejection(Reason.NotFound, $"Chat {chat.Id} was not found.");
        if (!part.IsChatting) return new Rejection(Reason.InvalidInState, $"The agent's state in the chat is '{part.State}'.");
        return chat.Part(Supervisor) is null or { IsOver: true }
            ? [new AgentInvited(Supervisor, Until, As)]
            : new Rejection(Reason.InvalidInState, "You take part in the chat already.");
    }
}
