using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>Tells agents what became durable, on every notification session each of them has open.</summary>
internal sealed class Notifier(BayeuxServer server, Responsibility responsibility, WireStyle style) : IHearsCommits
{
    // most scripts take a third of the room when their letters are written as they are
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Hear(ChatCommit commit)
    {
        foreach (var agent in commit.Concerned)
        {
            var listeners = ListenersOf(agent);
            if (listeners.Count == 0) continue;
            foreach (var news in commit.NewsFor(agent))
            {
                Tell(listeners, Topics.Chats, links => Written(news, links));
                foreach (var topic in Topics.Interactions)
                    Tell(
                        ListenersOf(agent, session => session.HasSubscription(topic)), topic,
                        links => WrittenOlder(news, commit.After, commit.After.Part(agent)!, links));
            }
        }
    }

    public void Hear(AgentCommit commit)
    {
        var changed = commit.ChangedChannels;
        if (!changed.IsEmpty)
        {
            var message = new ChannelStateChangeMessage([.. changed.Select(c => ChannelResource.Of(c.Channel, c.Presence))]);
            Tell(ListenersOf(commit.Id), Topics.Channels, _ => Json(message, ChatJson.Default.ChannelStateChangeMessage));
            foreach (var responsible in responsibility.For(commit.Id))
                Tell(
                    ListenersOf(responsible), Topics.Users,
                    links => Json(message.About(commit.Id, links), ChatJson.Default.ChannelStateChangeMessage));
        }
        // whoever is logged out is still told what becomes of the last of its chats
        if (commit is { Before.IsLive: true, After.IsLive: false }) Dismiss(commit.Id);
    }

    /// <summary>Ends the notification sessions whose HTTP session is over, after what waits for them has been sent.</summary>
    public void Dismiss(AgentId agent)
    {
        foreach (var session in server.SessionsOf(agent.Value).Where(s => ((Listener)s.State!).Session.IsOver))
            server.Disconnect(session);
    }

    /// <summary>Sessions that know the server under the same address share the very same bytes.</summary>
    private List<IGrouping<Links, BayeuxSession>> ListenersOf(AgentId agent) => ListenersOf(agent, _ => true);

    private List<IGrouping<Links, BayeuxSession>> ListenersOf(AgentId agent, Func<BayeuxSession, bool> which) =>
        [.. server.SessionsOf(agent.Value).Where(which).GroupBy(session => ((Listener)session.State!).Links)];

    private void Tell(List<IGrouping<Links, BayeuxSession>> listeners, ChannelName topic, Func<Links, ReadOnlyMemory<byte>> write)
    {
        foreach (var group in listeners) server.PublishTo(group, BayeuxEvent.Create(topic, write(group.Key).Span));
    }

    private ReadOnlyMemory<byte> Written(News news, Links links) => ChatChange.Of(news) is { } change
        ? Json(ChatStateChangeMessage.Of(change, links), ChatJson.Default.ChatStateChangeMessage)
        : Logged(news, links);

    private ReadOnlyMemory<byte> WrittenOlder(News news, Chat chat, AgentPart part, Links links) =>
        ChatChange.Of(news) is { } change
            ? Json(
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
        Json(
            new MessageLogUpdated(links.Uri(Links.PathOfChat(chat)), Links.PathOfChat(chat), messages),
            ChatJson.Default.MessageLogUpdated);

    private static ReadOnlyMemory<byte> Json<T>(T message, JsonTypeInfo<T> shape)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(bytes, Plain);
        JsonSerializer.Serialize(writer, message, shape);
        return bytes.WrittenMemory;
    }
}
