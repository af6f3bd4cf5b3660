namespace Parley.Chats.Operations;

/// <summary>An agent whom the customer sees sends another away, or takes back an invitation of its own.</summary>
/// <param name="LegacyNotice">Whether the log also gets the command line that the first version of the API left in it.</param>
/// <remarks>
/// The removed agent is Completed; one who had not answered yet is Revoked. Listed only while there is somebody to remove.
/// Refused: InvalidInState unless the agent is Chatting, or for oneself; NotFound for who is not there or must not be noticed;
/// Forbidden for consultants and hidden supervisors, and for a supervisor or the owner as the target.
/// Source: Web Services API Reference, "ChatRemoveParticipantFromConference".
/// </remarks>
public sealed record RemoveParticipantFromConference(
    AgentId Agent, AgentId Target, Farewell? Farewell = null, LegacyNotice LegacyNotice = LegacyNotice.Off)
    : AgentOperation(Agent)
{
    private const string Command = "REMOVE_PARTICIPANT_FROM_CONFERENCE";

    public override bool IsOpen(Chat chat) => chat.IsChatting(Agent) && (IsListed(chat) || Asked(chat).Any());

    public override bool IsListed(Chat chat) => Audience.HasColleagues(Agent, chat);

    public override bool IsFor(ChatRole role) => role.IsSeenByAll();

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        if (Target == Agent) return new Rejection(Reason.InvalidInState, "The target is the caller; use Leave.");
        if (Asked(chat).Any(p => p.Agent == Target)) return [new AgentRevoked(Target, RevokeReason.Withdrawn)];
        if (chat.Part(Target) is not { IsChatting: true } target || !Audience.MayNotice(chat.Part(Agent)!, target))
            return new Rejection(Reason.NotFound, "The target does not take part in the chat.");
        if (target.Role == ChatRole.Owner || target.Role.Supervises())
            return new Rejection(Reason.Forbidden, "The owner of the chat and supervisors cannot be removed.");
        var course = new Course(chat).Then(Farewell.From(Agent, Farewell, chat));
        if (LegacyNotice == LegacyNotice.On) course.Then(new AgentNoticed(Agent, Command + Target, Visibility.Agents));
        return course.Complete(Target).Decision;
    }

    /// <summary>Whom the agent asked for help, and as the owner whom somebody asked who is gone.</summary>
    private IEnumerable<AgentPart> Asked(Chat chat) => chat.Agents.Values.Where(p => p.IsAskedForHelp
        && (p.InvitedBy == Agent || (p.InvitedBy is null && chat.Part(Agent) is { Role: ChatRole.Owner })));
}

/// <summary>The Notice that older versions of the API wrote into the log at a removal (Quirk 27).</summary>
public enum LegacyNotice
{
    Off,
    On,
}
