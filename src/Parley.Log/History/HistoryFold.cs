using System.Collections.Immutable;
using Parley.Chats;

namespace Parley.Log.History;

/// <summary>One chat as the history knows it, folded from its events a command at a time.</summary>
/// <remarks>
/// Who may read what is asked of <see cref="Audience"/>. It holds the chat without what was said, so that it stays small however
/// long the chat is.
/// </remarks>
public sealed class HistoryFold
{
    /// <summary>Which fold this is: raised whenever it makes something else of the same events.</summary>
    public const int Version = 1;

    private readonly List<Utterance> said = [];
    private Chat chat = Chat.None;
    private HistoryRecord? record;
    private int utterances;

    /// <summary>The version of the last event that was taken in.</summary>
    public int Applied { get; private set; }

    /// <summary>Nothing more is to be expected of the chat.</summary>
    public bool IsOver => chat.HasEnded;

    /// <summary>The chat's particulars; null before its first event.</summary>
    public HistoryRecord? Record => record;

    /// <summary>Takes in what one command did.</summary>
    /// <param name="last">The version of its last event.</param>
    public void Apply(ImmutableArray<ChatEvent> events, Stamp stamp, int last)
    {
        var before = record;
        foreach (var e in events)
        {
            chat = chat.Apply(e, stamp);
            record = Recorded(e, stamp);
        }
        if (before is null && record is not null) Say(Clearance.Agent, chat.Customer.Nickname);
        if (record?.Subject is { } subject && subject != before?.Subject) Say(Clearance.Agent, subject);
        Listen();
        chat = chat.WithoutTranscript();
        Applied = last;
    }

    /// <summary>What happened since this was asked last; null if nothing did.</summary>
    public HistoryChange? TakeChange()
    {
        if (record is null) return null;
        var change = new HistoryChange(record, [.. said]);
        said.Clear();
        return change;
    }

    private HistoryRecord? Recorded(ChatEvent e, Stamp stamp) => e switch
    {
        ChatRequested r => new HistoryRecord(chat.Id, r.Service, stamp.At, chat.UserData)
        {
            Contact = r.Contact, Queues = [r.Queue],
        },
        _ when record is null => null,
        ChatQueued q when !record.Queues.Contains(q.Queue) => record with { Queues = record.Queues.Add(q.Queue) },
        AgentJoined j => Joined(record, j.Agent, j.As),
        AgentJoinFailed j => Joined(record, j.Agent, chat.Part(j.Agent)!.Role),
        AgentRoleChanged r => Joined(record, r.Agent, r.As),
        UserDataChanged => record with { UserData = chat.UserData },
        DispositionSet d => record with { UserData = chat.UserData, Disposition = d.Disposition },
        ChatEnded => record with { EndedAt = stamp.At },
        _ => record,
    };

    /// <summary>Whom only supervisors may notice has taken no part, as far as the history goes.</summary>
    private static HistoryRecord Joined(HistoryRecord record, AgentId agent, ChatRole role) => record with
    {
        Agents = role.Visibility() == Visibility.Supervisors || record.Agents.Contains(agent)
            ? record.Agents
            : record.Agents.Add(agent),
        Owner = role == ChatRole.Owner ? agent : record.Owner,
    };

    private void Listen()
    {
        var forAgents = Audience.EntriesFor(Clearance.Agent, chat).Select(e => e.Index).ToHashSet();
        foreach (var entry in Audience.EntriesFor(Clearance.Supervisor, chat))
        {
            if (IsSaid(entry)) Say(forAgents.Contains(entry.Index) ? Clearance.Agent : Clearance.Supervisor, entry.Text!);
        }
    }

    /// <summary>
    /// What people said; neither what they were about to say nor what the server and applications say to each other.
    /// </summary>
    private static bool IsSaid(Entry entry) =>
        entry.Text is not null && entry.From.Kind != PartyKind.System
        && entry.Kind is EntryKind.Text or EntryKind.PushUrl or EntryKind.Notice or EntryKind.NicknameUpdated
            or EntryKind.FileUploaded;

    private void Say(Clearance clearance, string text)
    {
        foreach (var words in Words.Of(text).Chunk(Utterance.MaxWords))
        {
            if (utterances < Utterance.MaxNumber) said.Add(new Utterance(++utterances, clearance, words));
        }
    }
}
