using System.Text.Json;
using Parley.Bayeux;

namespace Parley.Server.Notifications;

/// <summary>
/// The number of a notification, by which a client says up to where it has heard: of every topic in rising order, and the same
/// on every node. It travels as <c>data.event.replayId</c>.
/// </summary>
/// <param name="Value">A whole number that JavaScript keeps exactly; -1 for what comes from now on, -2 for all that is
/// kept.</param>
/// <remarks>The shape is that of Salesforce's streaming, for which there are add-ons to the CometD clients.</remarks>
internal readonly record struct ReplayId(long Value)
{
    private const int PerCommit = 1_000;

    public static readonly ReplayId OnlyNew = new(-1);
    public static readonly ReplayId AllThereIs = new(-2);

    private static readonly ReplayId Malformed = new(-3);

    /// <summary>The number of the nth notification of a commit, from 0 on.</summary>
    public static ReplayId Of(long position, int n) => new((position * PerCommit) + Math.Min(n, PerCommit - 1));

    /// <summary>The position of the commit it is about.</summary>
    public long Position => Value / PerCommit;

    /// <summary>Whether a handshake asks for the numbers: <c>"ext":{"replay":true}</c>.</summary>
    public static bool IsAskedFor(BayeuxMessage handshake)
    {
        using var ext = Parsed(handshake);
        return Member(ext, "replay") is { ValueKind: JsonValueKind.True };
    }

    /// <summary>
    /// From where on a subscription wants a topic: <c>"ext":{"replay":{"/v2/me/chats":52003}}</c>, under the topic's name or
    /// the name that is subscribed to; null if it does not say.
    /// </summary>
    public static ReplayId? In(BayeuxMessage subscribe, ChannelName topic, ChannelName name)
    {
        using var ext = Parsed(subscribe);
        return Member(ext, "replay") is not { } from ? null
            : from.ValueKind == JsonValueKind.Object ? Number(from, topic.Text) ?? Number(from, name.Text)
            : Malformed;
    }

    /// <summary>The same notification with the number in it.</summary>
    public byte[] In(ReadOnlySpan<byte> data) =>
        [.. data[..^1], .. System.Text.Encoding.ASCII.GetBytes($",\"event\":{{\"replayId\":{Value}}}}}")];

    private static JsonDocument? Parsed(BayeuxMessage message) => message.Ext.IsEmpty ? null : JsonDocument.Parse(message.Ext);

    private static JsonElement? Member(JsonDocument? ext, string name) =>
        ext?.RootElement is { ValueKind: JsonValueKind.Object } root ? Member(root, name) : null;

    private static JsonElement? Member(JsonElement of, string name)
    {
        try
        {
            return of.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            return null; // beside half a character no name can be looked for
        }
    }

    /// <summary>What is no number of ours was given by nobody: a gap that must not pass for none.</summary>
    private static ReplayId? Number(JsonElement from, string name) =>
        Member(from, name) is not { } id ? null
        : id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var value) ? new ReplayId(value)
        : Malformed;
}
