using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>Tells agents what became durable, on every notification session each of them has open.</summary>
internal sealed class Notifier(BayeuxServer server, WireStyle style) : IHearsCommits
{
    public void Recall(Chat chat)
    {
    }

    public void Recall(Agent agent)
    {
    }

    public void Hear(ChatCommit commit)
    {
        foreach (var agent in commit.Concerned)
        {
            var listeners = ListenersOf(agent);
            if (listeners.Count == 0) continue;
            foreach (var news in commit.NewsFor(agent)) Tell(listeners, Topics.Chats, uris => Written(news, uris));
        }
    }

    public void Hear(AgentCommit commit)
    {
        var changed = commit.ChangedChannels;
        if (changed.IsEmpty) return;
        var message = new ChannelStateChangeMessage([.. changed.Select(c => ChannelResource.Of(c.Channel, c.Presence))]);
        Tell(ListenersOf(commit.Id), Topics.Channels, _ => Json(message, ChatJson.Default.ChannelStateChangeMessage));
    }

    /// <summary>Sessions that know the server under the same address share the very same bytes.</summary>
    private List<IGrouping<WireUris, BayeuxSession>> ListenersOf(AgentId agent) =>
        [.. server.SessionsOf(agent.Value).GroupBy(session => ((Listener)session.State!).Uris)];

    private void Tell(List<IGrouping<WireUris, BayeuxSession>> listeners, ChannelName topic, Func<WireUris, byte[]> write)
    {
        foreach (var group in listeners)
        {
            var e = BayeuxEvent.Create(topic, write(group.Key));
            foreach (var session in group) server.Deliver(session, e);
        }
    }

    private byte[] Written(News news, WireUris uris) => news switch
    {
        News.StatusChanged s => Changed("StatusChange", s.View, s.ReferenceId, uris),
        News.ParticipantsChanged p => Changed("ParticipantsUpdated", p.View, p.ReferenceId, uris),
        News.PropertiesChanged p => Changed("PropertiesUpdated", p.View, p.ReferenceId, uris),
        News.NewEntries n => Logged(n.Chat, [.. n.Entries.Select(e => MessageResource.Of(e, uris, style))], uris),
        News.TranscriptSaved t => Logged(t.Chat, [MessageResource.TranscriptSaveDone(t.At, style)], uris),
        _ => throw new ArgumentOutOfRangeException(nameof(news), news.GetType().Name, "Not news of a chat."),
    };

    private static byte[] Changed(string type, ChatView view, int? reference, WireUris uris) =>
        Json(new ChatStateChangeMessage(type, ChatResource.Of(view, uris), reference), ChatJson.Default.ChatStateChangeMessage);

    private static byte[] Logged(ChatId chat, ImmutableArray<MessageResource> messages, WireUris uris) =>
        Json(new MessageLogUpdated(uris.Chat(chat), WireUris.ChatPath(chat), messages), ChatJson.Default.MessageLogUpdated);

    private static byte[] Json<T>(T message, JsonTypeInfo<T> shape) => JsonSerializer.SerializeToUtf8Bytes(message, shape);
}
