using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests.Cuts;

/// <summary>
/// A client with acknowledged messages that keeps to the protocol as CometD's JavaScript client does, and no more.
/// </summary>
/// <remarks>
/// What it reads whole, a response or a WebSocket message, it processes at once and in order: each event goes to the
/// application, and the <c>ext.ack</c> of a successful connect reply is what its next connect sends. What it cannot read whole
/// it has not received. It knows no event from another: nothing is held back, compared or dropped. So the application has every
/// event exactly once only if no event comes in one payload and the reply that closes its batch in another, which is what the
/// server has to see to.
/// </remarks>
internal sealed class AcknowledgingClient : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri address;
    private readonly string user;
    private readonly Action<JsonNode> application;
    private ClientWebSocket? socket;
    private string clientId = "";
    private bool lostConnect;
    private long batch;
    private int lastId;

    /// <param name="address">The server, by whatever way.</param>
    /// <param name="user">Who it is, on every transport.</param>
    /// <param name="application">Receives the events.</param>
    public AcknowledgingClient(Uri address, string user, Action<JsonNode> application)
    {
        (this.address, this.user, this.application) = (address, user, application);
        http = new HttpClient { Timeout = TestHost.Patience };
        http.DefaultRequestHeaders.Add("X-User", user);
    }

    /// <summary>Whether it asks for an answer at once (<c>advice.timeout</c> 0) when it connects again after a failure.</summary>
    public bool AsksAtOnce { get; init; }

    /// <summary>How many of its connects were answered.</summary>
    public int Answered { get; private set; }

    public async Task Handshake(string subscription)
    {
        var shaken = await Post("""[{"channel":"/meta/handshake","id":"0","version":"1.0","ext":{"ack":true}}]""");
        Assert.True((bool?)shaken[0]!["ext"]!["ack"]);
        clientId = (string)shaken[0]!["clientId"]!;
        var subscribed = await Post($"[{Message("/meta/subscribe", $",\"subscription\":\"{subscription}\"")}]");
        Assert.True((bool?)subscribed[^1]!["successful"]);
    }

    /// <summary>Connects once; a connection that is lost meanwhile is no failure of the test, anything else is.</summary>
    public async Task Connect(bool overWebSocket)
    {
        var advice = lostConnect && AsksAtOnce ? ",\"advice\":{\"timeout\":0}" : "";
        var connect = $"[{Message("/meta/connect", $",\"ext\":{{\"ack\":{batch}}}{advice}")}]";
        lostConnect = true;
        try
        {
            if (overWebSocket) await ConnectBySocket(connect);
            else Process(await Post(connect));
        }
        // a connection that is cut before its first byte shows the socket's own exception
        catch (Exception e) when (e is HttpRequestException or WebSocketException or SocketException)
        {
            Hang();
        }
    }

    public void Dispose()
    {
        Hang();
        http.Dispose();
    }

    private async Task ConnectBySocket(string connect)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        if (socket is null)
        {
            socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("X-User", user);
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, patience.Token);
        }
        await socket.SendAsync(Encoding.UTF8.GetBytes(connect), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (await Receive(socket, patience.Token) is { } messages)
        {
            if (Process(messages)) return;
        }
        Hang(); // closed by the server, for the session was polled meanwhile
    }

    private static async Task<JsonArray?> Receive(ClientWebSocket socket, CancellationToken patience)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonNode.Parse(text.ToArray())!.AsArray();
        }
    }

    private async Task<JsonArray> Post(string payload)
    {
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(address, content);
        response.EnsureSuccessStatusCode(); // an older connect that arrives late ends the newer one: 409
        return (await response.Content.ReadFromJsonAsync<JsonArray>())!;
    }

    /// <summary>Processes a payload that was received whole; true if it answers the connect.</summary>
    private bool Process(JsonArray messages)
    {
        foreach (var message in messages)
        {
            if ((string?)message!["channel"] is not "/meta/connect")
            {
                application(message);
                continue;
            }
            Assert.True((bool?)message["successful"], $"The session did not live: {message.ToJsonString()}");
            batch = (long)message["ext"]!["ack"]!;
            lostConnect = false;
            Answered++;
        }
        return !lostConnect;
    }

    private void Hang()
    {
        socket?.Dispose();
        socket = null;
    }

    private string Message(string channel, string more) =>
        $$"""{"channel":"{{channel}}","id":"{{++lastId}}","clientId":"{{clientId}}"{{more}}}""";
}
