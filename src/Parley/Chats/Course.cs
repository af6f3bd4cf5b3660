namespace Parley.Chats;

/// <summary>
/// The events of one command as they add up: each is applied as it is added, so that what follows is decided on what has
/// already come of it.
/// </summary>
internal sealed class Course(Chat chat)
{
    private readonly List<ChatEvent> events = [];

    /// <summary>The chat after the events so far.</summary>
    public Chat Now { get; private set; } = chat;

    public Decision<ChatEvent> Decision => Parley.Decision.Of<ChatEvent>([.. events]);

    public Course Then(params ReadOnlySpan<ChatEvent> next)
    {
        foreach (var e in next)
        {
            events.Add(e);
            // the time and the requester of what has not been stored yet decide nothing
            Now = Now.Apply(e, default);
        }
        return this;
    }

    /// <summary>An agent's part ends with this event; one who was in the session leaves it first.</summary>
    public Course End(AgentId agent, ChatEvent end) =>
        Now.IsChatting(agent) ? Then(new AgentLeft(agent), end) : Then(end);

    /// <summary>The agent is done with the chat.</summary>
    public Course Complete(AgentId agent) => End(agent, new AgentCompleted(agent));

    /// <summary>
    /// The session ends for the customer: agents who serve keep the interaction, consultations and supervision end with the
    /// session, and whoever was asked to come need not.
    /// </summary>
    public Course EndSession(QuitReason why, Abandoned offers = Abandoned.Revoked)
    {
        if (!Now.CustomerPresent) return this;
        Then(new CustomerLeft(why));
        foreach (var part in Now.Attached.Where(p => p.IsChatting || p.IsInvited).ToArray())
        {
            if (part is { IsInvited: true, Role: ChatRole.Owner } && offers == Abandoned.StillOffered) continue;
            Then(new AgentRevoked(part.Agent, RevokeReason.CustomerLeft));
        }
        return this;
    }

    /// <summary>Everyone else is done with the chat, because of what somebody did to all of it.</summary>
    public Course Dismiss(RevokeReason why)
    {
        foreach (var part in Now.Attached.ToArray()) End(part.Agent, new AgentRevoked(part.Agent, why));
        return this;
    }

    /// <summary>Everyone is done with the chat, and it waits.</summary>
    public Course Queue(Line line) =>
        Dismiss(RevokeReason.Requeued).Then(new ChatQueued(line.Queue, line.Skill, line.Group));

    /// <summary>
    /// After somebody has gone: the interaction is owned by whoever serves the customer longest, or else waits again, or is
    /// finished.
    /// </summary>
    public Course Settle(Orphaned orphaned)
    {
        if (Now.Owner is not null || Now.HasEnded) return this;
        var successor = Now.Attached.Where(p => p.IsHeld && p.Role.Serves()).MinBy(p => p.Party?.Order ?? int.MaxValue);
        if (successor is not null) return Then(new AgentRoleChanged(successor.Agent, ChatRole.Owner));
        return orphaned == Orphaned.Waits ? Queue(Now.Line) : Dismiss(RevokeReason.Finished).Then(new ChatEnded());
    }
}

/// <summary>What becomes of an interaction that nobody serves any more.</summary>
internal enum Orphaned
{
    /// <summary>It waits where it came from.</summary>
    Waits,

    /// <summary>It is finished.</summary>
    Finished,
}

/// <summary>What becomes of an interaction whose customer left before anybody accepted.</summary>
public enum Abandoned
{
    /// <summary>It is finished, and a pending offer is taken back.</summary>
    Revoked,

    /// <summary>It stays for after-chat work.</summary>
    StillOffered,
}
