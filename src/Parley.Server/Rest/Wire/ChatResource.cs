using System.Collections.Immutable;
using System.Text.Json;
using Parley.Chats;
using Parley.Server.Customers;

namespace Parley.Server.Rest.Wire;

/// <summary>A chat in an agent's view.</summary>
/// <param name="Id">The chat's id.</param>
/// <param name="Uri">The chat's address.</param>
/// <param name="State">The chat's state for this agent.</param>
/// <param name="Capabilities">The operations that are possible now, in no meaningful order.</param>
/// <param name="Participants">Who is in the session, as far as this agent may know.</param>
/// <remarks>
/// <c>{"id":"0007Qa4KX9TM002C","uri":"…/api/v2/chats/0007Qa4KX9TM002C","path":"/chats/0007Qa4KX9TM002C","state":"Chatting",
/// "capabilities":["Complete","Leave"],"participants":[],"userData":{},"receivedDate":"2024-08-19 06:08:00.000+0000",
/// "chatType":"Inbound"}</c>. Once the agent is done with it, only id, uri, state and two empty lists are left.
/// Source: "Chat Resource".
/// </remarks>
internal sealed record ChatResource(
    string Id, string Uri, AgentChatState State, ImmutableArray<string> Capabilities,
    ImmutableArray<ParticipantResource> Participants)
{
    /// <summary>The address without host and version.</summary>
    public string? Path { get; init; }

    /// <summary>What is kept with the chat.</summary>
    public ImmutableSortedDictionary<string, DataValue>? UserData { get; init; }

    /// <summary>When the customer asked for the chat.</summary>
    public string? ReceivedDate { get; init; }

    /// <summary>Who began the chat: <c>Inbound</c>, the customer.</summary>
    public string? ChatType { get; init; }

    /// <summary>The last index that the customer's client has said it was read; absent until then.</summary>
    public int? CustomerReadIndex { get; init; }

    public static ChatResource Of(ChatView view, Links links)
    {
        var brief = new ChatResource(
            view.Id.Value, links.Uri(Links.PathOfChat(view.Id)), view.State, view.Capabilities,
            [.. view.Participants.Select(p => ParticipantResource.Of(p, links))]);
        return view.IsOver
            ? brief
            : brief with
            {
                Path = Links.PathOfChat(view.Id),
                UserData = view.UserData,
                ReceivedDate = WireTime.Blank(view.ReceivedAt),
                ChatType = "Inbound",
                CustomerReadIndex = view.CustomerHasRead > 0 ? view.CustomerHasRead : null,
            };
    }
}

/// <summary>Somebody in a chat.</summary>
/// <param name="Type">The side of the chat.</param>
/// <param name="Nickname">The name to show.</param>
/// <param name="ParticipantId">Unique within the chat.</param>
/// <param name="Visibility">Who may notice the participant.</param>
/// <param name="Id">The participant's id once more.</param>
/// <param name="Uri">The user's address.</param>
/// <param name="Path">The user's address without host and version.</param>
/// <remarks>
/// <c>{"type":"Agent","nickname":"Ana","participantId":"00A166C2E14A00B2","visibility":"All","uri":"…/api/v2/users/7c1e…",
/// "path":"/users/7c1e…"}</c>; the last two for agents only, <c>id</c> only in the <c>from</c> of a message.
/// </remarks>
internal sealed record ParticipantResource(
    PartyKind Type, string Nickname, string ParticipantId, Visibility Visibility, string? Id = null, string? Uri = null,
    string? Path = null)
{
    public static ParticipantResource Of(Party party, Links links) => new(
        Projection.AgentSide(party.Kind), party.Nickname, party.Id.Value, party.Visibility,
        Uri: party.Agent is { } agent ? links.Uri(Links.PathOfUser(agent)) : null,
        Path: party.Agent is { } user ? Links.PathOfUser(user) : null);

    /// <summary>The party as the sender of a message.</summary>
    public static ParticipantResource Sender(Party party, Links links) => Of(party, links) with { Id = party.Id.Value };
}

/// <summary>One entry of the message log.</summary>
/// <param name="Index">The place in the log, from 1 on; what the viewer may not see leaves gaps.</param>
/// <param name="Type">What happened: <c>Text</c>, <c>ParticipantJoined</c>, <c>TypingStarted</c> and the like.</param>
/// <param name="From">Who did it.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Timestamp">When, as text.</param>
/// <param name="TimestampSeconds">When, in milliseconds since 1970 in UTC.</param>
/// <remarks>
/// <c>{"index":4,"type":"Text","from":{…},"text":"Good morning Pat","visibility":"All",
/// "timestamp":"2024-08-19T06:08:25.500+0000","timestampSeconds":1724047705500}</c>; the seconds are milliseconds (Quirk 17).
/// Source: "Chat Resource".
/// </remarks>
internal sealed record MessageResource(
    int Index, string Type, ParticipantResource From, Visibility Visibility, string Timestamp, long TimestampSeconds)
{
    /// <summary>What was said.</summary>
    public string? Text { get; init; }

    /// <summary>The address that was sent.</summary>
    public string? Url { get; init; }

    /// <summary>The signal that was sent.</summary>
    public string? NoticeText { get; init; }

    /// <summary>The sender's free label.</summary>
    public string? MessageType { get; init; }

    /// <summary>What belongs to a file or a warning of silence, all as text.</summary>
    public ImmutableSortedDictionary<string, string>? UserData { get; init; }

    /// <summary>Structured content that the sender put beside the text.</summary>
    public JsonElement? EventAttributes { get; init; }

    public static MessageResource Of(Entry entry, Links links, WireStyle style) => new(
        entry.Index, Projection.AgentType(entry.Kind), ParticipantResource.Sender(entry.From, links), entry.Visibility,
        style.Timestamp(entry.At),
        entry.At.ToUnixTimeMilliseconds())
    {
        Text = entry.Kind is EntryKind.PushUrl or EntryKind.CustomNotice ? null : entry.Text,
        Url = entry.Kind == EntryKind.PushUrl ? entry.Text : null,
        NoticeText = entry.Kind == EntryKind.CustomNotice ? entry.Text : null,
        UserData = Projection.DataOf(entry) is { Count: > 0 } data
            ? data.ToImmutableSortedDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal)
            : null,
        EventAttributes = entry.Attributes is { } attributes
            ? JsonSerializer.Deserialize(attributes, ChatJson.Default.JsonElement)
            : null,
        MessageType = style.IncludeMessageType ? entry.MessageType : null,
    };

    /// <summary>The service message that ends a log; it has no place in it.</summary>
    public static MessageResource TranscriptSaveDone(DateTimeOffset at, WireStyle style) => new(
        -1, "TranscriptSaveDone",
        new ParticipantResource(PartyKind.System, "system", "00A1000000000000", Visibility.Agents, Id: "00A1000000000000"),
        Visibility.Agents, style.Timestamp(at), at.ToUnixTimeMilliseconds());
}
