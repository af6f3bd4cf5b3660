using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;

namespace Parley.Simulator.Customers;

/// <summary>
/// GMS Chat over CometD, <c>/genesys/cometd</c>. What is asked is answered by a push; a text counts when its sender is pushed it.
/// </summary>
internal sealed class CometdDoor : IDoor, IBayeuxListener
{
    private const string Path = "/genesys/cometd";
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(1);

    private readonly Shift shift;
    private readonly HttpWire wire;
    private readonly Hearing hearing;
    private readonly BayeuxLine line;
    private readonly string channel;
    private readonly CancellationTokenSource hangUp = new();
    private readonly TaskCompletionSource<Reply> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task staying = Task.CompletedTask;
    private volatile Pending? pending;
    private volatile GmsKeys? keys;
    private string nickname = "";
    private bool hasAsked;
    private volatile int losses;
    private volatile int lastLost;

    public CometdDoor(Shift shift, HttpWire wire, Hearing hearing, Push push)
    {
        (this.shift, this.wire, this.hearing) = (shift, wire, hearing);
        channel = $"/service/chatV2/{shift.Options.Service}";
        line = new BayeuxLine(shift.Ways(wire, Path, push), this);
    }

    public async Task<Reply> BeginAsync(string nickname)
    {
        this.nickname = nickname;
        staying = line.StayAsync(hangUp.Token);
        return await AnsweredAsync(begun.Task, "no push that brings the keys");
    }

    public async Task<Reply> SendAsync(string text, string key)
    {
        // the push of one try counts for the next
        var sent = pending is { } before && before.Text == text ? before : pending = new Pending(text);
        var published = await PublishAsync(
            "sendMessage", new() { ["message"] = text, ["messageType"] = "text", ["idempotencyKey"] = key });
        return published.Fate == Fate.Acknowledged
            ? await AnsweredAsync(sent.Answered.Task, "no push of the own text")
            : published;
    }

    public Task<Reply> StartTypingAsync() => PublishAsync("startTyping", []);

    public Task<Reply> StopTypingAsync() => PublishAsync("stopTyping", []);

    public Task<Reply> LeaveAsync() => PublishAsync("disconnect", []);

    public async Task ListenAsync()
    {
        await hearing.UntilAsync(() => hearing.IsOver, Timeout.InfiniteTimeSpan, shift.Closing);
        // whoever leaves because the simulation closes is told of the end, too
        await hearing.UntilAsync(() => hearing.IsOver, EndPatience * shift.Options.Speed, CancellationToken.None);
    }

    public void LoseConnection()
    {
        lastLost = line.Connections;
        losses++;
        line.Break();
    }

    public async Task StartedAsync(BayeuxLine line, CancellationToken cancel)
    {
        if (keys is not null)
        {
            await PublishAsync("requestNotifications", new() { ["transcriptPosition"] = hearing.LastIndex + 1 });
        }
        else if (!hasAsked)
        {
            hasAsked = true;
            await PublishAsync("requestChat", new() { ["nickname"] = nickname });
        }
        // who asks again may have two chats
        else begun.TrySetResult(Reply.None("the session was lost before the keys came"));
    }

    public void Resumed()
    {
        // what was missed comes by itself, since events are acknowledged
    }

    /// <summary>Customers have no credentials that could be wrong: there are too many of them.</summary>
    public void TurnedAway() => begun.TrySetResult(new Reply(Fate.Unknown, 503, default, "handshake refused"));

    public void Heard(string channel, JsonObject data)
    {
        var bytes = Encoding.UTF8.GetBytes(data.ToJsonString());
        var reply = Reply.Of(200, bytes);
        if (reply.Fate == Fate.Acknowledged && keys is null) keys = GmsKeys.Of(reply.Body);
        if (reply.Body.ValueKind == JsonValueKind.Object) GmsWords.Tell(reply.Body, hearing);
        if (begun.TrySetResult(reply)) return;
        if (reply.Fate == Fate.Refused && pending is { } refused) refused.Answered.TrySetResult(reply);
        else if (pending is { } sent && Contains(reply.Body, sent.Text)) sent.Answered.TrySetResult(reply);
    }

    public async ValueTask DisposeAsync()
    {
        await hangUp.CancelAsync();
        await staying;
        hangUp.Dispose();
        wire.Dispose();
    }

    private static bool Contains(JsonElement push, string text) =>
        push.TryGetProperty("messages", out var messages)
        && messages.EnumerateArray().Any(m => m.TryGetProperty("text", out var said) && said.ValueEquals(text));

    private static async Task<Reply> AnsweredAsync(Task<Reply> answer, string otherwise)
    {
        try
        {
            return await answer.WaitAsync(HttpWire.Patience);
        }
        catch (TimeoutException)
        {
            return Reply.None(otherwise);
        }
    }

    private async Task<Reply> PublishAsync(string operation, JsonObject data)
    {
        data["operation"] = operation;
        if (keys is { } mine) (data["chatId"], data["secureKey"]) = (mine.ChatId, mine.SecureKey);
        var lossesBefore = losses;
        var wasCutOff = lastLost > 0 && lastLost == line.Connections;
        try
        {
            var reply = await line.AskAsync(channel, new() { ["data"] = data }, CancellationToken.None);
            return BayeuxLine.Successful(reply)
                ? new Reply(Fate.Acknowledged, 200, default, "published")
                : Reply.None($"publish refused: {reply["error"]}");
        }
        catch (IOException broken)
        {
            return wasCutOff || losses != lossesBefore ? Verdicts.Interrupted : Reply.None(broken.Message);
        }
    }

    /// <summary>A text that its sender has not been pushed yet.</summary>
    private sealed record Pending(string Text)
    {
        public TaskCompletionSource<Reply> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
