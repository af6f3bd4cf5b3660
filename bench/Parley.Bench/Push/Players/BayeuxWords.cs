using System.Text;

namespace Parley.Bench.Push.Players;

/// <summary>All that a Bayeux client of the generator ever says, put into bytes once per session.</summary>
internal sealed class BayeuxWords
{
    public static readonly byte[] Handshake = Encoding.ASCII.GetBytes(
        """[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]""");

    private readonly string clientId;
    private readonly byte[] toEverybody;
    private readonly byte[] toPartner;

    /// <param name="reply">The answer to the handshake.</param>
    /// <param name="connectionType">As in <c>/meta/connect</c>.</param>
    /// <param name="number">Of the player.</param>
    /// <param name="isPublisher">The publisher does not listen to what everybody hears.</param>
    public BayeuxWords(ReadOnlySpan<byte> reply, string connectionType, int number, bool isPublisher)
    {
        clientId = ClientIdIn(reply);
        FirstConnect = Message("/meta/connect", $"\"connectionType\":\"{connectionType}\",\"advice\":{{\"timeout\":0}}");
        Connect = Message("/meta/connect", $"\"connectionType\":\"{connectionType}\"");
        Subscribe = Message(
            "/meta/subscribe",
            isPublisher ? $"\"subscription\":[\"/bench/to/{number}\"]"
                : $"\"subscription\":[\"/bench/everybody\",\"/bench/to/{number}\"]");
        Disconnect = Message("/meta/disconnect", "\"ext\":{}");
        toEverybody = PublishHead("/bench/everybody");
        toPartner = PublishHead($"/bench/to/{number ^ 1}");
    }

    /// <summary>A connect that is answered at once.</summary>
    public byte[] FirstConnect { get; }

    public byte[] Connect { get; }

    public byte[] Subscribe { get; }

    public byte[] Disconnect { get; }

    /// <summary>A publish; <paramref name="payload"/> is filled and its used part answered.</summary>
    public ReadOnlySpan<byte> Publish(Span<byte> payload, Audience to, ReadOnlySpan<byte> text)
    {
        var head = to is Audience.Everybody ? toEverybody : toPartner;
        var tail = "\"}]"u8;
        head.CopyTo(payload);
        text.CopyTo(payload[head.Length..]);
        tail.CopyTo(payload[(head.Length + text.Length)..]);
        return payload[..(head.Length + text.Length + tail.Length)];
    }

    private byte[] Message(string channel, string rest) =>
        Encoding.ASCII.GetBytes($"[{{\"channel\":\"{channel}\",\"clientId\":\"{clientId}\",\"id\":\"2\",{rest}}}]");

    private byte[] PublishHead(string channel) =>
        Encoding.ASCII.GetBytes($"[{{\"channel\":\"{channel}\",\"clientId\":\"{clientId}\",\"id\":\"3\",\"data\":\"");

    private static string ClientIdIn(ReadOnlySpan<byte> reply)
    {
        var name = "\"clientId\":\""u8;
        var rest = reply[(reply.IndexOf(name) + name.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
