using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>Which CometD sessions hear of which chat, and how far each of them has heard.</summary>
/// <remarks>
/// A session hears of one chat, a chat is heard of by a few sessions. Each event is pushed once to each of them, in order,
/// shortly after it became durable and together with what else happened meanwhile. Whoever pushes holds that session's lock
/// alone, and nothing under it waits; hearing of a commit takes none.
/// </remarks>
internal sealed partial class GmsBindings : IHearsCommits, IDisposable
{
    private readonly Folds<Chat, ChatEvent> chats;
    private readonly CustomerPresence presence;
    private readonly IdleControl idle;
    private readonly Deadlines deadlines;
    private readonly TimeProvider time;
    private readonly CustomersOptions customers;
    private readonly GmsCometdOptions options;
    private readonly ILogger<GmsBindings> log;
    private readonly ConcurrentDictionary<ChatId, GmsAudience> byChat = new();
    private readonly ConcurrentDictionary<BayeuxSession, GmsBinding> bySession = new();
    private readonly ConcurrentDictionary<ChatId, ImmutableArray<ActivityContext>> due = new();
    private readonly ITimer timer;
    private int isArmed;

    public GmsBindings(
        Folds<Chat, ChatEvent> chats, CustomerPresence presence, IdleControl idle, Deadlines deadlines, TimeProvider time,
        CustomersOptions customers, GmsCometdOptions options, ILogger<GmsBindings> log,
        [FromKeyedServices(GmsCometdSetup.Server)] BayeuxServer server)
    {
        (this.chats, this.presence, this.idle, this.deadlines, this.time) = (chats, presence, idle, deadlines, time);
        (this.customers, this.options, this.log) = (customers, options, log);
        timer = time.CreateTimer(_ => PushDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        server.SessionEnded += (session, _) => Release(session);
    }

    /// <summary>The chat that the session hears of; null if none.</summary>
    public ChatId? ChatOf(BayeuxSession session) => bySession.TryGetValue(session, out var binding) ? binding.Chat : null;

    /// <summary>
    /// From now on the session hears of this chat and of no other, from an index on; −1 is the last event. It is told at once, be
    /// there anything or not. The session that has heard of the chat the longest may have to make room.
    /// </summary>
    public void Bind(GmsPublish publish, Chat chat, string key, int from)
    {
        var binding = new GmsBinding(publish.Session, publish.Channel, chat.Id, key, from);
        lock (binding.Gate)
        {
            Enter(binding);
            Push(binding, chat, binding.NewsOf(chat, customers));
        }
        Settle(binding);
    }

    /// <summary>The session hears of its chat no more.</summary>
    /// <returns>What it heard of; null if nothing.</returns>
    public GmsBinding? Release(BayeuxSession session)
    {
        if (!bySession.TryRemove(session, out var binding)) return null;
        Leave(binding);
        return binding;
    }

    /// <summary>The session hears again of what it was released from, from where it stood.</summary>
    public void Restore(GmsBinding binding)
    {
        Enter(binding);
        PushNews(binding);
        Settle(binding);
    }

    /// <summary>Tells the session at once, be there anything new or not; false if it does not hear of this chat.</summary>
    public bool Tell(BayeuxSession session, Chat chat)
    {
        if (!bySession.TryGetValue(session, out var binding) || binding.Chat != chat.Id) return false;
        lock (binding.Gate) Push(binding, chat, binding.NewsOf(chat, customers));
        return true;
    }

    /// <summary>
    /// Answers a publish, after what has happened before the answer: one that says that the chat has ended would be the last that
    /// clients look at.
    /// </summary>
    public void Answer(GmsPublish publish, GmsAnswer answer)
    {
        if (bySession.TryGetValue(publish.Session, out var binding)) PushNews(binding);
        publish.Push(answer);
    }

    public void Hear(ChatCommit commit)
    {
        if (byChat.ContainsKey(commit.After.Id)) Later(commit.After.Id);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>The session is among those that hear of the chat, and nowhere else.</summary>
    private void Enter(GmsBinding binding)
    {
        GmsAudience audience;
        do audience = byChat.GetOrAdd(binding.Chat, _ => new GmsAudience());
        while (!audience.TryAdd(binding));
        presence.Arrived(binding.Chat);
        Bound(binding.Session, binding.Chat);
        GmsBinding? before = null;
        bySession.AddOrUpdate(binding.Session, binding, (_, old) =>
        {
            before = old;
            return binding;
        });
        if (before is not null) Leave(before);
        if (audience.Surplus(options.MaxSessionsPerChat) is { } oldest) Release(oldest);
    }

    /// <summary>What has happened while the session came is looked for once more; it may have ended meanwhile.</summary>
    private void Settle(GmsBinding binding)
    {
        if (binding.Session.IsLive) Later(binding.Chat);
        else Release(binding);
    }

    private void Release(GmsBinding binding)
    {
        if (bySession.TryRemove(KeyValuePair.Create(binding.Session, binding))) Leave(binding);
    }

    private void Leave(GmsBinding binding)
    {
        if (!byChat.TryGetValue(binding.Chat, out var audience) || !audience.Remove(binding)) return;
        if (audience.IsOver) byChat.TryRemove(KeyValuePair.Create(binding.Chat, audience));
        presence.Departed(binding.Chat);
        Released(binding.Session, binding.Chat);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session {Session} hears of chat {Chat}")]
    private partial void Bound(BayeuxSession session, ChatId chat);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session {Session} hears of chat {Chat} no more")]
    private partial void Released(BayeuxSession session, ChatId chat);
}
