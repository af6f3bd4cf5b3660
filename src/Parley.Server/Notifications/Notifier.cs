using System.Collections.Immutable;
using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;
using Parley.Server.Operation.Tracing;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>
/// Tells agents what became durable, on every notification session each of them has open; who comes back and says what it
/// heard last, first what it missed.
/// </summary>
internal sealed class Notifier : IHearsCommits
{
    private readonly BayeuxServer server;
    private readonly Responsibility responsibility;
    private readonly WireStyle style;
    private readonly RecentNews recent;

    public Notifier(BayeuxServer server, Responsibility responsibility, WireStyle style, RecentNews recent)
    {
        (this.server, this.responsibility, this.style, this.recent) = (server, responsibility, style, recent);
        server.Subscribed += Resume;
    }

    public void RecallRecent(RecentCommits commits)
    {
        lock (recent.Gate) recent.Recall(commits);
    }

    public void Hear(ChatCommit commit)
    {
        lock (recent.Gate)
        {
            recent.Add(commit);
            foreach (var agent in commit.Concerned)
            {
                if (server.SessionsOf(agent.Value).Count == 0) continue;
                foreach (var told in ToldTo(agent, commit)) Tell(ListenersOf(agent, told.Topic), told);
            }
        }
    }

    public void Hear(AgentCommit commit)
    {
        lock (recent.Gate)
        {
            recent.Add(commit);
            foreach (var hearer in responsibility.For(commit.Id).Append(commit.Id))
            {
                foreach (var told in ToldTo(hearer, commit)) Tell(ListenersOf(hearer, told.Topic), told);
            }
        }
        // whoever is logged out is still told what becomes of the last of its chats
        if (commit is { Before.IsLive: true, After.IsLive: false }) Dismiss(commit.Id);
    }

    /// <summary>Ends the notification sessions whose HTTP session is over, after what waits for them has been sent.</summary>
    public void Dismiss(AgentId agent)
    {
        foreach (var session in server.SessionsOf(agent.Value).Where(s => ListenerOf(s).Session.IsOver))
            server.Disconnect(session);
    }

    private static Listener ListenerOf(BayeuxSession session) => (Listener)session.State!;

    /// <summary>What an agent is told of a chat's commit, on which topic, in order.</summary>
    private IEnumerable<Told> ToldTo(AgentId agent, ChatCommit commit)
    {
        foreach (var (n, news) in commit.NewsFor(agent).Index())
        {
            var id = ReplayId.Of(commit.Position, n);
            yield return new Told(Topics.Chats, id, links => Written(news, links));
            foreach (var topic in Topics.Interactions)
                yield return new Told(topic, id, links => WrittenOlder(news, commit.After, commit.After.Part(agent)!, links));
        }
    }

    /// <summary>What an agent is told of an agent's commit: its own, or that of somebody for whom it is responsible.</summary>
    private static IEnumerable<Told> ToldTo(AgentId agent, AgentCommit commit)
    {
        var changed = commit.ChangedChannels;
        if (changed.IsEmpty) yield break;
        var id = ReplayId.Of(commit.Position, 0);
        var message = new ChannelStateChangeMessage([.. changed.Select(c => ChannelResource.Of(c.Channel, c.Presence))]);
        yield return agent == commit.Id
            ? new Told(Topics.Channels, id, _ => NoticeJson.Bytes(message, ChatJson.Default.ChannelStateChangeMessage))
            : new Told(
                Topics.Users, id, links => NoticeJson.Bytes(message.About(commit.Id, links), ChatJson.Default.ChannelStateChangeMessage));
    }

    /// <summary>Tells who has just subscribed what it missed of the topics with which it goes on.</summary>
    private void Resume(BayeuxSession session, BayeuxMessage message, SubscribeResult result)
    {
        var listener = ListenerOf(session);
        lock (recent.Gate)
        {
            foreach (var (topic, resumed) in listener.Resumed.Where(r => r.Value.By == message).ToArray())
            {
                var isRefused = result == SubscribeResult.Refused;
                if (recent.After > (isRefused ? resumed.Told : resumed.Needed))
                {
                    // some of it was given up meanwhile: it is to come back, and is told that there is a gap
                    server.Abandon(session);
                    return;
                }
                // refused, it is told what it was not told meanwhile
                var after = isRefused ? ReplayId.Of(resumed.Told + 1, 0).Value - 1 : resumed.From.Value;
                foreach (var told in Missed(new AgentId(session.Principal), after).Where(t => t.Topic == topic))
                    server.PublishTo([session], told.Event(listener));
                listener.Resumed.Remove(topic);
            }
        }
    }

    /// <summary>What an agent is told of the commits that are kept, after a number.</summary>
    private IEnumerable<Told> Missed(AgentId agent, long after)
    {
        foreach (var commit in recent.From(new ReplayId(after).Position))
        {
            var told = commit.Chat is { } chat ? (chat.Concerned.Contains(agent) ? ToldTo(agent, chat) : [])
                : commit.Agent!.Id == agent || responsibility.For(commit.Agent.Id).Contains(agent) ? ToldTo(agent, commit.Agent)
                : [];
            foreach (var one in told.Where(t => t.Id.Value > after)) yield return one;
        }
    }

    /// <summary>
    /// The sessions of an agent that are to be told now. Those that know the server under the same address share the very same
    /// bytes.
    /// </summary>
    private List<IGrouping<(Links, Manner), BayeuxSession>> ListenersOf(AgentId agent, ChannelName topic) =>
    [
        .. server.SessionsOf(agent.Value)
            .Where(s => !Topics.Interactions.Contains(topic) || s.HasSubscription(topic))
            .Where(s => !ListenerOf(s).Resumed.ContainsKey(topic))
            .GroupBy(s => (ListenerOf(s).Links, ListenerOf(s).Manner)),
    ];

    private void Tell(List<IGrouping<(Links, Manner), BayeuxSession>> listeners, Told told)
    {
        if (listeners.Count == 0) return;
        using var span = Traces.Push(told.Topic.Text, listeners.Sum(group => group.Count()));
        foreach (var group in listeners) server.PublishTo(group, told.Event(ListenerOf(group.First())));
    }

    private ReadOnlyMemory<byte> Written(News news, Links links) => ChatChange.Of(news) is { } change
        ? NoticeJson.Bytes(ChatStateChangeMessage.Of(change, links), ChatJson.Default.ChatStateChangeMessage)
        : Logged(news, links);

    private ReadOnlyMemory<byte> WrittenOlder(News news, Chat chat, AgentPart part, Links links) =>
        ChatChange.Of(news) is { } change
            ? NoticeJson.Bytes(
                InteractionStateMessage.Of(change, InteractionResource.Of(chat, part, links)),
                ChatJson.Default.InteractionStateMessage)
            : Logged(news, links);

    private ReadOnlyMemory<byte> Logged(News news, Links links) => news switch
    {
        News.NewEntries n => Logged(n.Chat, [.. n.Entries.Select(e => MessageResource.Of(e, links, style))], links),
        News.TranscriptSaved t => Logged(t.Chat, [MessageResource.TranscriptSaveDone(t.At, style)], links),
        _ => throw new ArgumentOutOfRangeException(nameof(news), news.GetType().Name, "Not news of a chat."),
    };

    private static ReadOnlyMemory<byte> Logged(ChatId chat, ImmutableArray<MessageResource> messages, Links links) =>
        NoticeJson.Bytes(
            new MessageLogUpdated(links.Uri(Links.PathOfChat(chat)), Links.PathOfChat(chat), messages),
            ChatJson.Default.MessageLogUpdated);

    /// <summary>Something to be told on a topic.</summary>
    private readonly record struct Told(ChannelName Topic, ReplayId Id, Func<Links, ReadOnlyMemory<byte>> Write)
    {
        /// <summary>As a listener is told it.</summary>
        public BayeuxEvent Event(Listener listener)
        {
            var data = Write(listener.Links).Span;
            return BayeuxEvent.Create(Topic, listener.Manner == Manner.Numbered ? Id.In(data) : data);
        }
    }
}
