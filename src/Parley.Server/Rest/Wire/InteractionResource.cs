using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;

namespace Parley.Server.Rest.Wire;

/// <summary>A chat in an agent's view, as the first release has it.</summary>
/// <param name="Id">The chat's id.</param>
/// <param name="Channel">The medium: <c>chat</c>.</param>
/// <param name="State">The chat's state for this agent.</param>
/// <param name="Uri">The interaction's address.</param>
/// <param name="Capabilities">The operations that are possible now, in the names of both releases.</param>
/// <param name="UserData">What is kept with the chat.</param>
/// <remarks>
/// <c>{"id":"0007Qa4KX9TM002C","channel":"chat","state":"Invited","uri":"…/api/v2/interactions/0007Qa4KX9TM002C",
/// "capabilities":["Accept","Reject"],"userData":{}}</c>. Once the agent is done with it, there are no user data.
/// Source: InteractionsAPIOperations; InteractionsNotifications.
/// </remarks>
internal sealed record InteractionResource(
    string Id, string Channel, AgentChatState State, string Uri, ImmutableArray<string> Capabilities,
    ImmutableSortedDictionary<string, DataValue>? UserData)
{
    /// <summary>The view of an agent who is or was on the chat.</summary>
    public static InteractionResource Of(Chat chat, AgentPart part, Links links) => new(
        chat.Id.Value, MediaChannel.Chat.Name, part.State, links.Uri(Links.PathOfInteraction(chat.Id)),
        Chats.Capabilities.WithOlderNames(chat, part.Agent), part.IsOver ? null : chat.UserData);
}
