using System.Text.Json;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What <c>GET /me</c> shows of an agent's work: the session's channels and the open chats.</summary>
internal interface IAgentDesk
{
    /// <summary>One entry per channel of the agent's session; none before it.</summary>
    IReadOnlyList<ChannelView> Channels(AgentId agent);

    /// <summary>Writes the array of the agent's chats that are not finished, in full, oldest first.</summary>
    void WriteChats(AgentId agent, Links links, Utf8JsonWriter to);
}

/// <summary>A desk at which nobody has started a session.</summary>
internal sealed class EmptyDesk : IAgentDesk
{
    public IReadOnlyList<ChannelView> Channels(AgentId agent) => [];

    public void WriteChats(AgentId agent, Links links, Utf8JsonWriter to)
    {
        to.WriteStartArray();
        to.WriteEndArray();
    }
}
