using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>A Bayeux client reduced to listening: raw long-polling, written from the protocol and nothing else.</summary>
/// <remarks>
/// All subscribing happens before the first connect and nothing but connects is sent afterwards, so that events can
/// arrive only in one response at a time and their order in <see cref="Inbox"/> is the server's.
/// </remarks>
internal sealed class BayeuxListener(HttpClient http, string path = "/api/v2/notifications") : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private int lastId;

    public Inbox Inbox { get; } = new();

    public string ClientId { get; private set; } = "";

    /// <summary>The advice of the last connect reply that had one.</summary>
    public JsonObject? Advice { get; private set; }

    /// <summary>Whether connects are still being sent; false once the server said <c>none</c> or <c>handshake</c>.</summary>
    public bool IsListening => ClientId.Length > 0 && !loop.IsCompleted;

    /// <summary>Completes when the listener has stopped for good.</summary>
    public Task Stopped => loop;

    /// <summary>Handshakes, subscribes to each topic and starts polling, having seen the first connect answered.</summary>
    public async Task Start(params string[] topics)
    {
        await Handshake();
        foreach (var topic in topics) await Subscribe(topic);
        await Connect();
    }

    public async Task<JsonObject> Handshake()
    {
        var reply = await Send(new JsonObject
        {
            ["channel"] = "/meta/handshake",
            ["version"] = "1.0",
            ["supportedConnectionTypes"] = new JsonArray("long-polling"),
        });
        Assert.True(reply["successful"]?.GetValue<bool>() == true, reply.ToJsonString());
        ClientId = reply["clientId"]!.GetValue<string>();
        return reply;
    }

    public async Task Subscribe(string topic)
    {
        var reply = await Send(new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = topic });
        Assert.True(reply["successful"]?.GetValue<bool>() == true, reply.ToJsonString());
    }

    /// <summary>Sends the first connect, waits for its answer, and goes on polling in the background.</summary>
    public async Task Connect()
    {
        var first = await Send(new JsonObject { ["channel"] = "/meta/connect", ["connectionType"] = "long-polling" });
        Assert.True(first["successful"]?.GetValue<bool>() == true, first.ToJsonString());
        loop = Task.Run(Poll);
    }

    /// <summary>Says goodbye with <c>/meta/disconnect</c>.</summary>
    public async Task Disconnect()
    {
        await Send(new JsonObject { ["channel"] = "/meta/disconnect" });
        await loop.WaitAsync(Eventually.Patience);
    }

    /// <summary>Drops the connection without a word, as a pulled plug does.</summary>
    public async Task Vanish()
    {
        await stop.CancelAsync();
        await loop.WaitAsync(Eventually.Patience);
    }

    /// <summary>Sends one message of this session and answers its reply; events beside it go to the inbox.</summary>
    public async Task<JsonObject> Send(JsonObject message)
    {
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        message["id"] = id;
        if (ClientId.Length > 0 && message["channel"]!.GetValue<string>() != "/meta/handshake") message["clientId"] = ClientId;
        using var response = await http.PostAsJsonAsync(path, new JsonArray(message), stop.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var replies = JsonNode.Parse(await response.Content.ReadAsStringAsync(stop.Token))!.AsArray();
        JsonObject? own = null;
        foreach (var item in replies.OfType<JsonObject>())
            if (item["id"]?.GetValue<string>() == id) own = item;
            else if (item["data"] is not null) Inbox.Add(item);
        return own ?? throw new InvalidOperationException($"No reply to {message.ToJsonString()}: {replies.ToJsonString()}");
    }

    public async ValueTask DisposeAsync()
    {
        await Vanish();
        stop.Dispose();
    }

    private async Task Poll()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var reply = await Send(new JsonObject { ["channel"] = "/meta/connect", ["connectionType"] = "long-polling" });
                if (reply["advice"] is JsonObject advice) Advice = advice;
                if (reply["successful"]?.GetValue<bool>() != true) return;
                if (reply["advice"]?["reconnect"]?.GetValue<string>() is "none" or "handshake") return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // The listener was told to stop, or the server of this test has stopped.
        }
    }
}
