using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>What one command did to a chat: the states around it and the events between.</summary>
public sealed record ChatCommit(Chat Before, ImmutableArray<ChatEvent> Events, Stamp Stamp, Chat After)
{
    /// <summary>Where it stands among all commits; 0 where that is of no concern.</summary>
    public long Position { get; init; }

    /// <summary>Everyone whom the command may concern: who is, or was until now, on the chat.</summary>
    public IEnumerable<AgentId> Concerned =>
        After.Agents.Values.Where(p => !p.IsOver || Before.Part(p.Agent) is { IsOver: false }).Select(p => p.Agent);

    /// <summary>What an agent is told, in order; every view shows the chat after the whole command.</summary>
    /// <remarks>
    /// Who stays hears StatusChange if its own state changed, then the participants, then the messages. Whose part ends
    /// hears what was said before it ended, then StatusChange, then nothing. An agent who joins is told the whole history.
    /// </remarks>
    public IEnumerable<News> NewsFor(AgentId agent)
    {
        var was = Before.Part(agent) is { IsOver: false } before ? before.State : (AgentChatState?)null;
        if (ChatView.Of(After, agent) is not { } view || (was is null && view.IsOver)) return [];
        if (was == view.State) return [.. Unmoved(agent, view), .. HelpFailedFor(agent, view)];
        if (was == AgentChatState.Chatting)
            return [.. EntriesUntilMoved(agent), .. view.IsOver ? [Status(view, agent, was)] : Out(view, agent)];
        return view.State switch
        {
            AgentChatState.Chatting =>
                [
                    Status(view with { Participants = [] }, agent, was), new News.ParticipantsChanged(view, Reference(agent)),
                    .. Entries(agent, 1), .. ServiceEntries(agent),
                ],
            AgentChatState.JoinFailed => [Status(view, agent, was), .. Entries(agent, 1)],
            _ => [Status(view, agent, was)],
        };
    }

    private IEnumerable<News> Unmoved(AgentId agent, ChatView view)
    {
        // the last entry for which there is room takes capabilities away
        var isFull = Before.Transcript.HasRoom && !After.Transcript.HasRoom && view.State == AgentChatState.Chatting;
        if (isFull || !view.Participants.SequenceEqual(Audience.ParticipantsFor(agent, Before)))
            yield return new News.ParticipantsChanged(view, Reference(agent) ?? ReferenceOfInvitation(agent));
        if (Events.Any(e => e is UserDataChanged or DispositionSet or CustomerRead))
            yield return new News.PropertiesChanged(view, Reference(agent));
        if (view.State == AgentChatState.Invited) yield break;
        foreach (var news in Entries(agent, Before.Transcript.Count + 1)) yield return news;
        foreach (var news in ServiceEntries(agent)) yield return news;
        foreach (var asked in Events.OfType<HistoryRequested>().Where(h => h.Agent == agent))
            yield return new News.NewEntries(After.Id, [.. Audience.EntriesFor(agent, After, asked.From)]);
    }

    /// <summary>The session is over and the agent keeps the interaction.</summary>
    private IEnumerable<News> Out(ChatView view, AgentId agent) =>
        [
            Status(view, agent, AgentChatState.Chatting),
            new News.ParticipantsChanged(view, Reference(agent)),
            .. Entries(agent, CountWhenMoved(agent) + 1),
            .. HelpFailedFor(agent, view),
            new News.TranscriptSaved(After.Id, Stamp.At),
        ];

    /// <summary>Whoever asked for help and stays is told that it does not come, also after taking the request back.</summary>
    private IEnumerable<News> HelpFailedFor(AgentId agent, ChatView view)
    {
        if (Stamp.Requester == agent && Events.Any(e => e is AskedInVain))
            yield return new News.HelpFailed(view, Stamp.ReferenceId, null);
        foreach (var e in Events)
        {
            var (colleague, why) = e switch
            {
                AgentRejected r => (r.Agent, (RevokeReason?)null),
                AgentRevoked r => (r.Agent, r.Why),
                _ => default,
            };
            if (Before.Part(colleague) is { IsAskedForHelp: true } part && part.InvitedBy == agent)
                yield return new News.HelpFailed(view, part.InviteReference, why);
        }
    }

    /// <summary>The comings and goings of silent supervisors, which have no place in the transcript.</summary>
    private IEnumerable<News> ServiceEntries(AgentId agent) =>
        After.Part(agent) is { } viewer && Audience.HearsService(viewer) ? Entries(SilentMoves()) : [];

    private IEnumerable<Entry> SilentMoves()
    {
        var chat = Before;
        foreach (var e in Events)
        {
            var before = chat;
            chat = chat.Apply(e, Stamp);
            var (agent, kind) = e switch
            {
                AgentJoined j => (
                    j.Agent,
                    before.Part(j.Agent)?.Party is null ? EntryKind.ParticipantJoined : EntryKind.ParticipantRejoined),
                AgentLeft l => (l.Agent, EntryKind.ParticipantLeft),
                _ => default,
            };
            if (chat.Part(agent) is { Party: { Visibility: Visibility.Supervisors } silent })
                yield return new Entry(kind, silent, Stamp.At, Visibility: Visibility.Supervisors) { Index = Entry.ServiceIndex };
        }
    }

    private IEnumerable<News> EntriesUntilMoved(AgentId agent)
    {
        var last = CountWhenMoved(agent);
        return Entries(Audience.EntriesFor(agent, Before with { Transcript = After.Transcript }, Before.Transcript.Count + 1)
            .TakeWhile(e => e.Index <= last));
    }

    private IEnumerable<News> Entries(AgentId agent, int from) => Entries(Audience.EntriesFor(agent, After, from));

    private IEnumerable<News> Entries(IEnumerable<Entry> entries)
    {
        ImmutableArray<Entry> all = [.. entries];
        return all.IsEmpty ? [] : [new News.NewEntries(After.Id, all)];
    }

    /// <summary>How long the transcript was when the agent's own state changed.</summary>
    private int CountWhenMoved(AgentId agent)
    {
        var chat = Before;
        foreach (var e in Events)
        {
            var next = chat.Apply(e, Stamp);
            // who loses the chat with the session has heard the customer go
            var isWithSession = e is CustomerLeft && After.Part(agent) is { IsOver: true };
            if (next.StateOf(agent) != Before.StateOf(agent)) return (isWithSession ? next : chat).Transcript.Count;
            chat = next;
        }
        return chat.Transcript.Count;
    }

    private News.StatusChanged Status(ChatView view, AgentId agent, AgentChatState? was)
    {
        // The pages show a reference on the end of a rejected offer, and none on an offer or the end of a chat that was held.
        var isWithout = view.State == AgentChatState.Invited
            || (view.State == AgentChatState.Completed && was != AgentChatState.Invited);
        return new(view, isWithout ? null : Reference(agent));
    }

    private int? Reference(AgentId agent) => Stamp.Requester == agent ? Stamp.ReferenceId : null;

    /// <summary>The number of the request by which the agent asked a colleague who has now come.</summary>
    private int? ReferenceOfInvitation(AgentId agent) => Events.OfType<AgentJoined>()
        .Select(j => Before.Part(j.Agent))
        .FirstOrDefault(p => p is { IsAskedForHelp: true } && p.InvitedBy == agent)?.InviteReference;
}
