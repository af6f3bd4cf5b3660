using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Something an agent is told about a chat.</summary>
public abstract record News
{
    /// <summary>The agent's own state changed, or the chat is new to the agent.</summary>
    public sealed record StatusChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>Who is in the session changed.</summary>
    public sealed record ParticipantsChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>The user data changed.</summary>
    public sealed record PropertiesChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>New entries of the transcript, ascending.</summary>
    public sealed record NewEntries(ChatId Chat, ImmutableArray<Entry> Entries) : News;

    /// <summary>The transcript is stored; nothing will be added to it.</summary>
    public sealed record TranscriptSaved(ChatId Chat, DateTimeOffset At) : News;
}

/// <summary>What one command did to a chat: the states around it and the events between.</summary>
public sealed record ChatCommit(Chat Before, ImmutableArray<ChatEvent> Events, Stamp Stamp, Chat After)
{
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
        if (was == view.State) return Unmoved(agent, view);
        if (was == AgentChatState.Chatting)
            return [.. EntriesUntilMoved(agent), .. view.IsOver ? [Status(view, agent, was)] : Out(view, agent)];
        return view.State switch
        {
            AgentChatState.Chatting =>
                [
                    Status(view with { Participants = [] }, agent, was), new News.ParticipantsChanged(view, Reference(agent)),
                    .. Entries(agent, 1),
                ],
            AgentChatState.JoinFailed => [Status(view, agent, was), .. Entries(agent, 1)],
            _ => [Status(view, agent, was)],
        };
    }

    private IEnumerable<News> Unmoved(AgentId agent, ChatView view)
    {
        if (view.State == AgentChatState.Invited) yield break;
        if (!view.Participants.SequenceEqual(Audience.ParticipantsFor(agent, Before)))
            yield return new News.ParticipantsChanged(view, Reference(agent));
        if (Events.Any(e => e is UserDataChanged or DispositionSet))
            yield return new News.PropertiesChanged(view, Reference(agent));
        foreach (var news in Entries(agent, Before.Transcript.Count + 1)) yield return news;
    }

    /// <summary>The session is over and the agent keeps the interaction.</summary>
    private IEnumerable<News> Out(ChatView view, AgentId agent) =>
        [
            Status(view, agent, AgentChatState.Chatting),
            new News.ParticipantsChanged(view, Reference(agent)),
            .. Entries(agent, CountWhenMoved(agent) + 1),
            new News.TranscriptSaved(After.Id, Stamp.At),
        ];

    private IEnumerable<News> EntriesUntilMoved(AgentId agent) =>
        Entries(Audience.EntriesFor(agent, Before with { Transcript = After.Transcript }, Before.Transcript.Count + 1)
            .TakeWhile(e => e.Index <= CountWhenMoved(agent)));

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
            if (next.StateOf(agent) != Before.StateOf(agent)) return chat.Transcript.Count;
            chat = next;
        }
        return chat.Transcript.Count;
    }

    private News.StatusChanged Status(ChatView view, AgentId agent, AgentChatState? was)
    {
        // The pages show a reference on the end of a rejected offer, and none on the end of a chat that was held.
        var isEndOfWork = view.State == AgentChatState.Completed && was != AgentChatState.Invited;
        return new(view, isEndOfWork ? null : Reference(agent));
    }

    private int? Reference(AgentId agent) => Stamp.Requester == agent ? Stamp.ReferenceId : null;
}
