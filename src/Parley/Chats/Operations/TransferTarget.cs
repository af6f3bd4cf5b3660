using Parley.Agents;

namespace Parley.Chats.Operations;

/// <summary>Whom a transfer, an invitation or a request for advice goes to.</summary>
public abstract record TransferTarget
{
    private static readonly Rejection NobodyThere = new(
        Reason.InvalidInState, "Nobody there is ready now; try again later or name another target.");

    /// <summary>One agent.</summary>
    public sealed record User(AgentId Agent) : TransferTarget;

    /// <summary>Whoever is next in line there.</summary>
    /// <param name="Free">Who that is at present; null when nobody is.</param>
    public sealed record Waiting(Line Line, AgentId? Free = null) : TransferTarget
    {
        /// <summary>The same, knowing who is at work now.</summary>
        internal Waiting Informed(Chat chat, AgentId asker, Workforce workforce) => this with
        {
            Free = workforce.Free(
                Line.Within(chat.Line.Queue), agent => agent != asker && chat.Part(agent) is null or { IsOver: true }),
        };
    }

    /// <summary>The agent meant, if it may be invited by this one.</summary>
    internal (AgentId? Agent, Rejection? Refused) Invitable(Chat chat, AgentId asker)
    {
        if ((this is User user ? user.Agent : ((Waiting)this).Free) is not { } agent) return (null, NobodyThere);
        if (agent == asker) return (null, new(Reason.InvalidInState, "The target is the caller; name somebody else."));
        return chat.Part(agent) is { IsOver: false } part ? (null, Taken(chat.Part(asker)!, part)) : (agent, null);
    }

    /// <summary>The colleague meant if it takes part, hidden from the customer, and may be brought before the customer.</summary>
    internal AgentId? Promotable(Chat chat, AgentId asker) =>
        this is User { Agent: var agent } && agent != asker
        && chat.Part(agent) is { IsChatting: true, Role: ChatRole.Consultant or ChatRole.Coach }
            ? agent
            : null;

    // of who must not be noticed, or not yet, nothing else may be told than of who is not ready
    private static Rejection Taken(AgentPart asker, AgentPart target) => (Audience.MayNotice(asker, target), target.IsInvited) switch
    {
        (false, _) => AgentSessionOperation.CannotTake,
        (_, true) when target.Role.Supervises() => AgentSessionOperation.CannotTake,
        (_, true) => new(Reason.InvalidInState, "The target has been invited already and has not answered yet."),
        _ => new(Reason.InvalidInState, "The target takes part in the chat already."),
    };
}
