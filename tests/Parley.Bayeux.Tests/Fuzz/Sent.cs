using System.Globalization;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>One message that was sent: what its reply must repeat.</summary>
/// <param name="Json">The message.</param>
/// <param name="Channel">Its channel; null if it has none that can be repeated.</param>
/// <param name="Id">Its id as a text; null if it has none that may be repeated.</param>
internal sealed record Sent(string Json, string? Channel, string? Id)
{
    public bool IsConnect => Channel is "/meta/connect" && Id is not null;

    public static string Payload(IEnumerable<Sent> messages) => $"[{string.Join(',', messages.Select(m => m.Json))}]";
}

/// <summary>Messages of all kinds, legal and illegal.</summary>
internal sealed class RandomMessages(Random random)
{
    public static readonly string[] Names =
    [
        "/a", "/a/b", "/a/b/c", "/b", "/lazy", "/a/*", "/a/**", "/**", "/*", "/service/x", "/service/nobody", "/meta/**", "/a//b",
        "lazy",
    ];

    private static readonly string[] Metas =
    [
        "/meta/connect", "/meta/connect", "/meta/connect", "/meta/subscribe", "/meta/subscribe", "/meta/unsubscribe",
        "/meta/disconnect",
    ];

    private static readonly string[] Types =
        ["", "", ",\"supportedConnectionTypes\":[\"long-polling\"]", ",\"supportedConnectionTypes\":[\"carrier-pigeon\"]"];

    private static readonly string[] Advices =
    [
        "", "", ",\"advice\":{\"timeout\":0}", ",\"advice\":{\"timeout\":1e9,\"interval\":-5}", ",\"advice\":{\"interval\":2000}",
    ];

    private static readonly string[] OddSubscriptions =
    [
        "", ",\"subscription\":[]", ",\"subscription\":null", ",\"subscription\":{\"a\":1}", ",\"subscription\":[1]",
        ",\"subscription\":\"\\ud800\"",
    ];

    private int lastId;

    public Sent Handshake()
    {
        var ext = random.OneOf("", ",\"ext\":{\"ack\":true}", ",\"ext\":{\"ack\":true,\"user\":\"secret\"}", ",\"ext\":7");
        var types = random.OneOf<string>(Types);
        return New("/meta/handshake", "", $"{ext}{types}");
    }

    /// <summary>A list of messages that name this session, most of them.</summary>
    public List<Sent> Batch(string clientId)
    {
        var count = random.Next(5) == 0 ? random.Next(2, 6) : 1;
        return [.. Enumerable.Range(0, count).Select(_ => One(random.Next(40) == 0 ? "0123" : clientId))];
    }

    public Sent Connect(string clientId) => New("/meta/connect", clientId, ConnectTerms());

    private Sent One(string clientId)
    {
        if (random.Next(25) == 0) return Odd(clientId);
        var channel = random.Next(3) == 0 ? random.OneOf<string>(Names) : random.OneOf<string>(Metas);
        var more = channel switch
        {
            "/meta/connect" => ConnectTerms(),
            "/meta/subscribe" or "/meta/unsubscribe" => Subscription(),
            "/meta/disconnect" when random.Next(6) != 0 => null,
            "/meta/disconnect" => "",
            _ => $",\"data\":{Data()}",
        };
        return more is null ? Connect(clientId) : New(channel, clientId, more);
    }

    private string ConnectTerms() =>
        random.OneOf<string>(Advices)
        + (random.Next(2) == 0
            ? $",\"ext\":{{\"ack\":{random.Next(-1, 12)}}}"
            : random.OneOf("", ",\"ext\":{\"ack\":\"x\"}", ",\"ext\":[]"));

    private string Subscription() => random.Next(8) == 0
        ? random.OneOf<string>(OddSubscriptions)
        : random.Next(3) == 0
            ? $",\"subscription\":[\"{random.OneOf<string>(Names)}\",\"{random.OneOf<string>(Names)}\"]"
            : $",\"subscription\":\"{random.OneOf<string>(Names)}\"";

    private string Data() =>
        random.OneOf("null", "0", "\"\"", "{\"from\":\"user-text\"}", $"\"{new string('x', random.OfAnyMagnitude(1, 4000))}\"");

    // Each id is used once. A disconnect has one always, for one without is the server's farewell.
    private Sent New(string channel, string clientId, string more)
    {
        var id = (++lastId).ToString(CultureInfo.InvariantCulture);
        var (json, echoed) = channel is "/meta/disconnect" or "/meta/connect" ? ($",\"id\":\"{id}\"", id)
            : random.Next(12) switch
            {
                0 => ("", null),
                1 => (",\"id\":null", null),
                2 => ($",\"id\":{id}", id),
                3 => (",\"id\":\"user-text <>\"", null),
                4 => ($",\"id\":false,\"\\u0069d\":\"{id}\"", id),
                5 => (",\"id\":{\"user-text\":1}", null),
                _ => ($",\"id\":\"{id}\"", (string?)id),
            };
        var session = clientId.Length > 0 ? $",\"clientId\":\"{clientId}\"" : "";
        return new Sent($"{{\"channel\":\"{channel}\"{json}{session}{more}}}", channel, echoed);
    }

    private Sent Odd(string clientId) => random.Next(6) switch
    {
        0 => new Sent("{}", null, null),
        1 => new Sent("{\"channel\":7,\"id\":\"odd\"}", null, "odd"),
        2 => new Sent($"{{\"channel\":\"/meta/nope\",\"clientId\":\"{clientId}\"}}", "/meta/nope", null),
        3 => new Sent($"{{\"\\u0063hannel\":\"\\u002fa\",\"clientId\":\"{clientId}\",\"data\":1}}", "/a", null),
        4 => new Sent($"{{\"channel\":\"/user-text <b>\",\"clientId\":\"{clientId}\"}}", "/user-text <b>", null),
        _ => new Sent($"{{\"channel\":\"/a\",\"clientId\":\"{clientId}\"}}", "/a", null),
    };
}
