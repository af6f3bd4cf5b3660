using System.Collections.Immutable;
using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>What agents are told of what became durable: on which topics, under which numbers, in which words.</summary>
internal sealed class Telling(Responsibility responsibility, WireStyle style)
{
    /// <summary>What an agent is told of a chat's commit, on which topic, in order.</summary>
    public IEnumerable<Told> To(AgentId agent, ChatCommit commit)
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
    public static IEnumerable<Told> To(AgentId agent, AgentCommit commit)
    {
        var changed = commit.ChangedChannels;
        if (changed.IsEmpty) yield break;
        var id = ReplayId.Of(commit.Position, 0);
        var message = new ChannelStateChangeMessage([.. changed.Select(c => ChannelResource.Of(c.Channel, c.Presence))]);
        yield return agent == commit.Id
            ? new Told(Topics.Channels, id, _ => NoticeJson.Bytes(message, ChatJson.Default.ChannelStateChangeMessage))
            : new Told(
                Topics.Users, id,
                links => NoticeJson.Bytes(message.About(commit.Id, links), ChatJson.Default.ChannelStateChangeMessage));
    }

    /// <summary>What an agent is told of a commit that is kept; nothing if it does not concern the agent.</summary>
    public IEnumerable<Told> To(AgentId agent, RecentNews.Recent commit) =>
        commit.Chat is { } chat ? (chat.Concerned.Contains(agent) ? To(agent, chat) : [])
        : commit.Agent!.Id == agent || responsibility.For(commit.Agent.Id).Contains(agent) ? To(agent, commit.Agent)
        : [];

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
}

/// <summary>Something to be told on a topic.</summary>
internal readonly record struct Told(ChannelName Topic, ReplayId Id, Func<Links, ReadOnlyMemory<byte>> Write)
{
    /// <summary>As a listener is told it.</summary>
    public BayeuxEvent Event(Listener listener)
    {
        var data = Write(listener.Links).Span;
        return BayeuxEvent.Create(Topic, listener.Manner == Manner.Numbered ? Id.In(data) : data);
    }
}
