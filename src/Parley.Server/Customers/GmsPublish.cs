using System.Text.Json;
using Parley.Bayeux;

namespace Parley.Server.Customers;

/// <summary>What a client of GMS Chat over CometD published: an operation with its fields, from one session.</summary>
/// <param name="Channel">The service's channel, on which results are pushed.</param>
/// <remarks>
/// <c>{"operation":"sendMessage","chatId":"0001Qd7KX2EM004B","secureKey":"b7d0…","message":"Hello"}</c>. The key leads to the
/// chat, so that <c>chatId</c> may be left out.
/// </remarks>
internal sealed record GmsPublish(BayeuxSession Session, ChannelName Channel, DoorFields Fields, Caller Caller)
{
    public const string Root = "/service/chatV2/";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 24 };

    public string Service => Channel.Text[Root.Length..];

    public string Operation => Fields["operation"] ?? "";

    public string? Key => Fields["secureKey"];

    public string ChatId => Fields["chatId"] ?? CustomerKeys.ChatIdOf(Key ?? "").Value;

    /// <summary>The message's operation; null if its data is no object of texts.</summary>
    public static GmsPublish? Of(BayeuxMessage message, ChannelName channel)
    {
        if (FieldsOf(message.Data) is not { Flaw: null } fields) return null;
        // a browser cannot give a WebSocket headers, so that the key may have come with the handshake
        var now = Caller.Of(message.Http);
        var caller = now.ApiKey.Length > 0 ? now : now with { ApiKey = ((Caller)message.Session!.State!).ApiKey };
        return new GmsPublish(message.Session!, channel, fields, caller);
    }

    /// <summary>Pushes an answer to the session alone, subscribed or not.</summary>
    public void Push(GmsAnswer answer) => Session.Deliver(BayeuxEvent.Create(Channel, answer.Json.Span));

    private static DoorFields? FieldsOf(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = JsonDocument.Parse(data, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? DoorFields.Of(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
