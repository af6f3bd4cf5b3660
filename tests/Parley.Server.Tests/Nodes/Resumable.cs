using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

/// <summary>A listener of agent1's that knows the replay extension: it polls only when something is waited for.</summary>
internal sealed class Resumable : IAsyncDisposable
{
    private static readonly Uri Path = new("/api/v2/notifications", UriKind.Relative);

    private readonly HttpClient http;
    private readonly List<JsonObject> heard = [];
    private string clientId = "";

    private Resumable(Uri node)
    {
        http = new HttpClient { BaseAddress = node, Timeout = Eventually.Patience };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("agent1:secret1")));
    }

    /// <summary>The texts of the messages it was told, in order.</summary>
    public IEnumerable<string> Texts => heard.SelectMany(TextsOf);

    /// <summary>The numbers of what it was told, in order.</summary>
    public IEnumerable<long> Ids => heard.Select(IdOf);

    public static async Task<Resumable> Shake(Uri node)
    {
        var listener = new Resumable(node);
        var reply = await listener.Send(new JsonObject
        {
            ["channel"] = "/meta/handshake", ["version"] = "1.0", ["supportedConnectionTypes"] = new JsonArray("long-polling"),
            ["ext"] = new JsonObject { ["replay"] = true },
        });
        Assert.True(reply["ext"]!["replay"]!.GetValue<bool>());
        listener.clientId = reply["clientId"]!.GetValue<string>();
        return listener;
    }

    public static async Task<Resumable> Open(Uri node, string topic, long from)
    {
        var listener = await Shake(node);
        var reply = await listener.Subscribe(topic, from);
        Assert.True(reply["successful"]!.GetValue<bool>(), reply.ToJsonString());
        return listener;
    }

    public Task<JsonObject> Subscribe(string topic, JsonNode? from) => SubscribeWith(topic, new JsonObject { [topic] = from });

    /// <summary>Subscribes with whatever it says of the replay.</summary>
    public Task<JsonObject> SubscribeWith(string topic, JsonNode? replay) => Send(Subscription(topic, replay));

    /// <summary>Subscribes to several topics with one request.</summary>
    public Task<JsonObject[]> SubscribeAtOnce(long from, params string[] topics) =>
        SendAtOnce([.. topics.Select(topic => Subscription(topic, new JsonObject { [topic] = from }))]);

    /// <summary>Polls once.</summary>
    public Task<JsonObject> Connect() =>
        Send(new JsonObject { ["channel"] = "/meta/connect", ["connectionType"] = "long-polling" });

    /// <summary>Listens until a message of this text is told; its number.</summary>
    public async Task<long> IdOf(string text)
    {
        await Until(() => heard.Exists(h => TextsOf(h).Contains(text)));
        return IdOf(heard.Find(h => TextsOf(h).Contains(text))!);
    }

    /// <summary>Polls until something is so.</summary>
    public async Task Until(Func<bool> isSo)
    {
        for (var start = Stopwatch.GetTimestamp(); !isSo(); await Connect())
            Assert.True(Stopwatch.GetElapsedTime(start) < Eventually.Patience, $"heard only: {string.Join(", ", Texts)}");
    }

    public Task Vanish()
    {
        http.CancelPendingRequests();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static long IdOf(JsonObject told) => told["event"]!["replayId"]!.GetValue<long>();

    private static IEnumerable<string> TextsOf(JsonObject told) =>
        told["messages"]?.AsArray().Where(m => m!["type"]?.GetValue<string>() == "Text").Select(m => m!["text"]!.GetValue<string>())
            ?? [];

    private static JsonObject Subscription(string topic, JsonNode? replay) => new()
    {
        ["channel"] = "/meta/subscribe", ["subscription"] = topic, ["ext"] = new JsonObject { ["replay"] = replay },
    };

    private async Task<JsonObject> Send(JsonObject message) => (await SendAtOnce(message)).Single();

    private async Task<JsonObject[]> SendAtOnce(params JsonObject[] messages)
    {
        foreach (var (n, message) in messages.Index())
        {
            if (clientId.Length > 0) message["clientId"] = clientId;
            message["id"] = $"{n + 1}";
        }
        using var response = await http.PostAsJsonAsync(Path, new JsonArray([.. messages]));
        var replies = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().OfType<JsonObject>().ToArray();
        heard.AddRange(replies.Where(r => r["data"] is not null).Select(r => r["data"]!.AsObject()));
        return [.. replies.Where(r => r["data"] is null)];
    }
}
