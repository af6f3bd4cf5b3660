using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>Which CometD sessions hear of which chat, and how far each of them has heard.</summary>
/// <remarks>
/// A session hears of one chat, a chat is heard of by a few sessions. Each event is pushed once to each of them, in order,
/// shortly after it became durable and together with what else happened meanwhile. One lock keeps all of it, and the order in
/// which sessions are pushed to: nothing under it waits.
/// </remarks>
internal sealed partial class GmsBindings : IHearsCommits
{
    private readonly Folds<Chat, ChatEvent> chats;
    private readonly CustomerPresence presence;
    private readonly IdleControl idle;
    private readonly Deadlines deadlines;
    private readonly TimeProvider time;
    private readonly CustomersOptions customers;
    private readonly GmsCometdOptions options;
    private readonly ILogger<GmsBindings> log;
    private readonly Lock gate = new();
    private readonly Dictionary<ChatId, List<GmsBinding>> byChat = [];
    private readonly Dictionary<BayeuxSession, GmsBinding> bySession = [];
    private readonly HashSet<ChatId> due = [];

    public GmsBindings(
        Folds<Chat, ChatEvent> chats, CustomerPresence presence, IdleControl idle, Deadlines deadlines, TimeProvider time,
        CustomersOptions customers, GmsCometdOptions options, ILogger<GmsBindings> log,
        [FromKeyedServices(GmsCometdSetup.Server)] BayeuxServer server)
    {
        (this.chats, this.presence, this.idle, this.deadlines, this.time) = (chats, presence, idle, deadlines, time);
        (this.customers, this.options, this.log) = (customers, options, log);
        server.SessionEnded += (session, _) => Release(session);
    }

    /// <summary>The chat that the session hears of; null if none.</summary>
    public ChatId? ChatOf(BayeuxSession session)
    {
        lock (gate) return bySession.GetValueOrDefault(session)?.Chat;
    }

    /// <summary>
    /// From now on the session hears of this chat and of no other, from an index on; −1 is the last event. It is told at once, be
    /// there anything or not. The session that has heard of the chat the longest may have to make room.
    /// </summary>
    public void Bind(GmsPublish publish, Chat chat, string key, int from)
    {
        var session = publish.Session;
        lock (gate)
        {
            Release(session);
            if (!byChat.TryGetValue(chat.Id, out var others)) byChat[chat.Id] = others = [];
            var binding = new GmsBinding(session, publish.Channel, chat.Id, key, from);
            others.Add(binding);
            bySession[session] = binding;
            presence.Arrived(chat.Id);
            Bound(session, chat.Id);
            if (others.Count > options.MaxSessionsPerChat) Release(others[0].Session);
            Push(binding, chat, binding.NewsOf(chat, customers));
            // it may have ended before there was anything to release
            if (!session.IsLive) Release(session);
            else Later(chat.Id);
        }
    }

    /// <summary>The session hears of its chat no more; it may have heard of none.</summary>
    public void Release(BayeuxSession session)
    {
        lock (gate)
        {
            if (!bySession.Remove(session, out var binding)) return;
            var others = byChat[binding.Chat];
            others.Remove(binding);
            if (others.Count == 0) byChat.Remove(binding.Chat);
            presence.Departed(binding.Chat);
            Released(session, binding.Chat);
        }
    }

    /// <summary>Tells the session at once, be there anything new or not; false if it does not hear of this chat.</summary>
    public bool Tell(BayeuxSession session, Chat chat)
    {
        lock (gate)
        {
            if (!bySession.TryGetValue(session, out var binding) || binding.Chat != chat.Id) return false;
            Push(binding, chat, binding.NewsOf(chat, customers));
            return true;
        }
    }

    /// <summary>
    /// Answers a publish, after what has happened before the answer: one that says that the chat has ended would be the last that
    /// clients look at.
    /// </summary>
    public void Answer(GmsPublish publish, GmsAnswer answer)
    {
        lock (gate)
        {
            if (bySession.TryGetValue(publish.Session, out var binding) && chats.TryPeek(binding.Chat.Value, out var chat)
                && binding.NewsOf(chat, customers) is { IsEmpty: false } news)
                Push(binding, chat, news);
            publish.Push(answer);
        }
    }

    public void Recall(Chat chat)
    {
    }

    public void Recall(Agent agent)
    {
    }

    public void Hear(ChatCommit commit)
    {
        lock (gate)
        {
            if (byChat.ContainsKey(commit.After.Id)) Later(commit.After.Id);
        }
    }

    public void Hear(AgentCommit commit)
    {
    }

    private void Later(ChatId chat)
    {
        if (options.Batch == TimeSpan.Zero) PushAll(chat);
        else if (due.Add(chat)) deadlines.At(time.GetUtcNow() + options.Batch, () => PushAll(chat));
    }

    private void PushAll(ChatId id)
    {
        lock (gate)
        {
            due.Remove(id);
            if (!byChat.TryGetValue(id, out var sessions) || !chats.TryPeek(id.Value, out var chat)) return;
            // a session that is too slow is released on the way
            foreach (var binding in sessions.ToArray())
            {
                if (binding.NewsOf(chat, customers) is { IsEmpty: false } news) Push(binding, chat, news);
            }
        }
    }

    private void Push(GmsBinding binding, Chat chat, GmsTranscript news)
    {
        binding.Push(chat, news, idle.SecondsLeft(chat));
        if (news.IsCut) Later(chat.Id);
        if (!chat.CustomerPresent && binding.BeginsToLinger())
            deadlines.At(time.GetUtcNow() + options.Linger, () => Release(binding));
    }

    private void Release(GmsBinding binding)
    {
        lock (gate)
        {
            if (bySession.GetValueOrDefault(binding.Session) == binding) Release(binding.Session);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session {Session} hears of chat {Chat}")]
    private partial void Bound(BayeuxSession session, ChatId chat);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session {Session} hears of chat {Chat} no more")]
    private partial void Released(BayeuxSession session, ChatId chat);
}
