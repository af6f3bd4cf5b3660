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
            Free = workforce.Free(Line.Within(chat.Line.Queue), agent => agent != asker && SeemsAway(chat, asker, agent)),
        };

        /// <summary>Whether the agent is, as far as the asker may know, not on the chat.</summary>
        private static bool SeemsAway(Chat chat, AgentId asker, AgentId agent) =>
            chat.Part(agent) is not { IsOver: false } part || (chat.Part(asker) is { } me && IsHidden(part, me));
    }

    /// <summary>
    /// Asks the agent meant on behalf of this one. Whoever must not be noticed declines without being asked: any other answer
    /// would tell that it is there.
    /// </summary>
    internal Decision<ChatEvent> Ask(Chat chat, AgentId asker, DateTimeOffset until, ChatRole role)
    {
        if ((this is User user ? user.Agent : ((Waiting)this).Free) is not { } agent) return NobodyThere;
        if (agent == asker) return new Rejection(Reason.InvalidInState, "The target is the caller; name somebody else.");
        if (chat.Part(agent) is not { IsOver: false } part) return [new AgentInvited(agent, until, role)];
        if (IsHidden(part, chat.Part(asker)!))
            return chat.Trifles < Trifle.Most ? [new AskedInVain(agent, role)] : Trifle.TooMany;
        return new Rejection(
            Reason.InvalidInState,
            part.IsInvited
                ? "The target has been invited already and has not answered yet."
                : "The target takes part in the chat already.");
    }

    /// <summary>The colleague meant if it takes part, hidden from the customer, and may be brought before the customer.</summary>
    internal AgentId? Promotable(Chat chat, AgentId asker) =>
        this is User { Agent: var agent } && agent != asker
        && chat.Part(agent) is { IsChatting: true, Role: ChatRole.Consultant or ChatRole.Coach }
            ? agent
            : null;

    /// <summary>Whether the one may not know of the other: a silent supervisor, or one who has not come in yet.</summary>
    private static bool IsHidden(AgentPart part, AgentPart asker) =>
        !Audience.MayNotice(asker, part) || (part.IsInvited && part.Role.Supervises());
}
