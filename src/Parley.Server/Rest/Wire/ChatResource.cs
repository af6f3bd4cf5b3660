using System.Collections.Immutable;
using Parley.Chats;

namespace Parley.Server.Rest.Wire;

/// <summary>A chat in an agent's view.</summary>
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
    public string? Path { get; init; }
    public ImmutableSortedDictionary<string, DataValue>? UserData { get; init; }
    public string? ReceivedDate { get; init; }
    public string? ChatType { get; init; }

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
            };
    }
}

/// <summary>Somebody in a chat.</summary>
/// <remarks>
/// <c>{"type":"Agent","nickname":"Ana","participantId":"00A166C2E14A00B2","visibility":"All","uri":"…/api/v2/users/7c1e…",
/// "path":"/users/7c1e…"}</c>; the last two for agents only, <c>id</c> only in the <c>from</c> of a message.
/// </remarks>
internal sealed record ParticipantResource(
    PartyKind Type, string Nickname, string ParticipantId, Visibility Visibility, string? Id = null, string? Uri = null,
    string? Path = null)
{
    public static ParticipantResource Of(Party party, Links links) => new(
        party.Kind, party.Nickname, party.Id.Value, party.Visibility,
        Uri: party.Agent is { } agent ? links.Uri(Links.PathOfUser(agent)) : null,
        Path: party.Agent is { } user ? Links.PathOfUser(user) : null);

    /// <summary>The party as the sender of a message.</summary>
    public static ParticipantResource Sender(Party party, Links links) => Of(party, links) with { Id = party.Id.Value };
}

/// <summary>One entry of the message log.</summary>
/// <remarks>
/// <c>{"index":4,"type":"Text","from":{…},"text":"Good morning Pat","visibility":"All",
/// "timestamp":"2024-08-19T06:08:25.500+0000","timestampSeconds":1724047705500}</c>; the seconds are milliseconds (Quirk 17).
/// Source: "Chat Resource".
/// </remarks>
internal sealed record MessageResource(
    int Index, string Type, ParticipantResource From, Visibility Visibility, string Timestamp, long TimestampSeconds)
{
    public string? Text { get; init; }
    public string? Url { get; init; }
    public string? NoticeText { get; init; }
    public string? MessageType { get; init; }

    public static MessageResource Of(Entry entry, Links links, WireStyle style) => new(
        entry.Index, entry.Kind.ToString(), ParticipantResource.Sender(entry.From, links), entry.Visibility,
        style.Timestamp(entry.At),
        entry.At.ToUnixTimeMilliseconds())
    {
        Text = entry.Kind is EntryKind.PushUrl or EntryKind.CustomNotice ? null : entry.Text,
        Url = entry.Kind == EntryKind.PushUrl ? entry.Text : null,
        NoticeText = entry.Kind == EntryKind.CustomNotice ? entry.Text : null,
        MessageType = style.IncludeMessageType ? entry.MessageType : null,
    };

    /// <summary>The service message that ends a log; it has no place in it.</summary>
    public static MessageResource TranscriptSaveDone(DateTimeOffset at, WireStyle style) => new(
        -1, "TranscriptSaveDone",
        new ParticipantResource(PartyKind.System, "system", "00A1000000000000", Visibility.Agents, Id: "00A1000000000000"),
        Visibility.Agents, style.Timestamp(at), at.ToUnixTimeMilliseconds());
}
