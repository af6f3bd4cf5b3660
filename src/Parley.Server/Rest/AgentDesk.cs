using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What an agent has before it: the channels of the session and the chats that are not finished.</summary>
internal sealed class AgentDesk(AgentHost agents, Folds<Chat, ChatEvent> chats, ChatHost host)
{
    /// <summary>One entry per channel of the session; none before it.</summary>
    public IReadOnlyList<ChannelResource> Channels(AgentId agent) =>
        [.. agents.Find(agent).Channels.Select(c => ChannelResource.Of(c.Channel, c.Presence))];

    /// <summary>The agent's view of each chat that is offered to it or held by it, oldest first.</summary>
    public IEnumerable<ChatView> ChatsOf(AgentId agent) =>
        ChatsWith(agent).Select(chat => ChatView.Of(chat, agent)).OfType<ChatView>();

    /// <summary>The chats that are offered to an agent or held by it, oldest first.</summary>
    public IEnumerable<Chat> ChatsWith(AgentId agent) => agents.Find(agent).Chats
        .Select(id => chats.TryPeek(id.Value, out var chat) ? chat : null)
        .OfType<Chat>()
        .Where(chat => chat.Part(agent) is { IsOver: false })
        .OrderBy(chat => chat.ReceivedAt);

    /// <summary>Has an operation done that the agent asked for, whichever address it was posted to.</summary>
    /// <param name="content">What the request asks for, which a repetition with the same key must equal.</param>
    public async Task<Outcome> Execute(ChatId id, AgentOperation operation, HttpRequest request, string content)
    {
        var (key, badKey) = IdempotencyKey.Of(request, content);
        if (badKey is not null) return new Outcome(badKey, Chat.None);
        var outcome = await host.Execute(id, operation, new Asked(operation.Agent, key));
        var looksHere = outcome.Refused is null && operation is SetInFocus { Focus: Focus.Here };
        if (looksHere && outcome.Chat.Part(operation.Agent) is { InFocus: true }) await LookAwayFromOthers(operation.Agent, id);
        return outcome;
    }

    /// <summary>An agent looks at one chat at a time.</summary>
    private async Task LookAwayFromOthers(AgentId agent, ChatId lookedAt)
    {
        foreach (var other in agents.Find(agent).Chats.Where(id => id != lookedAt))
        {
            if (chats.TryPeek(other.Value, out var chat) && chat.Part(agent) is { InFocus: true })
                await host.Execute(other, new SetInFocus(agent, Focus.Elsewhere), Asked.ByNobody);
        }
    }
}
