using Parley.Agents;

namespace Parley.Chats.Operations;

/// <summary>Something that somebody wants to happen in a chat, complete with what it needs to know.</summary>
public abstract record ChatOperation
{
    /// <summary>What it leads to in the chat as it is; changes nothing.</summary>
    public abstract Decision<ChatEvent> Decide(Chat chat);

    /// <summary>The same operation knowing who is at work now, for those that depend on it.</summary>
    public virtual ChatOperation Informed(Chat chat, Workforce workforce) => this;
}

/// <summary>What an agent asks for; the type is named exactly as its <c>operationName</c>.</summary>
/// <remarks>
/// Refused in this order: NotFound unless the agent is on the chat, InvalidInState unless <see cref="IsOpen"/>, Forbidden
/// unless <see cref="IsFor"/> the agent's role, then for what the operation itself objects to.
/// </remarks>
public abstract record AgentOperation(AgentId Agent) : ChatOperation
{
    /// <summary>The operation's name on the wire.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Whether the state of the chat allows this to the agent.</summary>
    public abstract bool IsOpen(Chat chat);

    /// <summary>Whether an agent in this role may do it.</summary>
    public virtual bool IsFor(ChatRole role) => true;

    /// <summary>False where it is accepted, but not offered among the capabilities.</summary>
    public virtual bool IsListed(Chat chat) => true;

    /// <summary>What follows, given that the agent may do it.</summary>
    protected internal abstract Decision<ChatEvent> Effects(Chat chat);

    public sealed override Decision<ChatEvent> Decide(Chat chat)
    {
        if (chat.Part(Agent) is not { IsOver: false } part)
            return new Rejection(Reason.NotFound, $"Chat {chat.Id} was not found.");
        if (!IsOpen(chat))
            return new Rejection(Reason.InvalidInState, $"Operation '{Name}' is not available in state '{part.State}'.");
        if (!IsFor(part.Role))
            return new Rejection(Reason.Forbidden, $"Operation '{Name}' is not for an agent in the role '{part.Role}'.");
        return Effects(chat);
    }

    /// <summary>Whether the agent may do this now. Capabilities ask the same questions as the decision.</summary>
    internal bool MayDo(Chat chat, AgentPart part) => IsOpen(chat) && IsFor(part.Role);
}

/// <summary>
/// An operation whose parameters are missing or wrong: refused for that, once it would have been possible at all.
/// </summary>
public sealed record Flawed(AgentOperation Intended, Rejection Flaw) : AgentOperation(Intended.Agent)
{
    public override string Name => Intended.Name;

    public override bool IsOpen(Chat chat) => Intended.IsOpen(chat);

    public override bool IsFor(ChatRole role) => Intended.IsFor(role);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => Flaw;
}
