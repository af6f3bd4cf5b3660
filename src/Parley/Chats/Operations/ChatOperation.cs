namespace Parley.Chats.Operations;

/// <summary>Something that somebody wants to happen in a chat, complete with what it needs to know.</summary>
public abstract record ChatOperation
{
    /// <summary>What it leads to in the chat as it is; changes nothing.</summary>
    public abstract Decision<ChatEvent> Decide(Chat chat);
}

/// <summary>What an agent asks for; the type is named exactly as its <c>operationName</c>.</summary>
/// <remarks>
/// Refused in this order: NotFound unless the agent is on the chat, InvalidInState unless <see cref="IsOpen"/>, then for
/// what the operation itself objects to.
/// </remarks>
public abstract record AgentOperation(AgentId Agent) : ChatOperation
{
    /// <summary>The operation's name on the wire.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Whether the agent may do this now. Capabilities ask the same question.</summary>
    public abstract bool IsOpen(Chat chat);

    /// <summary>What follows, given that the operation is open.</summary>
    protected internal abstract Decision<ChatEvent> Effects(Chat chat);

    public sealed override Decision<ChatEvent> Decide(Chat chat)
    {
        if (chat.Part(Agent) is not { IsOver: false } part)
            return new Rejection(Reason.NotFound, $"Chat {chat.Id} was not found.");
        if (!IsOpen(chat))
            return new Rejection(Reason.InvalidInState, $"Operation '{Name}' is not available in state '{part.State}'.");
        return Effects(chat);
    }
}

/// <summary>
/// An operation whose parameters are missing or wrong: refused for that, once it would have been possible at all.
/// </summary>
public sealed record Flawed(AgentOperation Intended, Rejection Flaw) : AgentOperation(Intended.Agent)
{
    public override string Name => Intended.Name;

    public override bool IsOpen(Chat chat) => Intended.IsOpen(chat);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => Flaw;
}
