using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>Door C over a WebSocket: what happens is pushed at once, whether a connect is held or not.</summary>
public sealed class GmsCometdSocketTests : IAsyncLifetime
{
    private const string Channel = "/service/chatV2/customer-support";

    /// <summary>The id of the connect that is to be held.</summary>
    private const string Held = "held";

    private readonly ClientWebSocket socket = new();
    private readonly Queue<JsonNode> received = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = "/genesys/cometd" }.Uri;
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Pushes_wait_for_no_connect_and_answer_none()
    {
        await Send("""{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket"]}""");
        var client = $"{(await Next("/meta/handshake"))["clientId"]}";
        await Connect(client, "2", ""","advice":{"timeout":0}""");
        await Next("/meta/connect");
        await Connect(client, Held, "");

        await Publish(client, """{"operation":"requestChat","nickname":"Ada"}""");
        var key = $"{(await Next(Channel))["data"]!["secureKey"]}";
        foreach (var text in new[] { "one", "two" })
        {
            await Publish(client, $$"""{"operation":"sendMessage","secureKey":"{{key}}","message":"{{text}}"}""");
            Assert.Equal(text, $"{(await Next(Channel))["data"]!["messages"]![0]!["text"]}");
        }
    }

    private Task Connect(string client, string id, string advice) => Send(
        $$"""{"channel":"/meta/connect","id":"{{id}}","clientId":"{{client}}","connectionType":"websocket"{{advice}} }""");

    private Task Publish(string client, string data) =>
        Send($$"""{"channel":"{{Channel}}","id":"9","clientId":"{{client}}","data":{{data}}}""");

    private Task Send(string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes($"[{message}]"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message on a channel that is no acknowledgement of a publish.</summary>
    private async Task<JsonNode> Next(string channel)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var buffer = new byte[65_536];
        while (true)
        {
            while (received.TryDequeue(out var message))
            {
                Assert.NotEqual(Held, $"{message["id"]}");
                if ($"{message["channel"]}" == channel && (channel != Channel || message["data"] is not null)) return message;
            }
            var read = await socket.ReceiveAsync(buffer, patience.Token);
            foreach (var message in JsonNode.Parse(buffer.AsSpan(0, read.Count))!.AsArray()) received.Enqueue(message!.DeepClone());
        }
    }
}
