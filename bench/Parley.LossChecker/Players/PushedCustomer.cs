using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.Json;
using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// A customer at GMS Chat over CometD, <c>/genesys/cometd</c>. A text is acknowledged when its own sender is pushed it; a session
/// that comes after another asks for what it missed.
/// </summary>
internal sealed class PushedCustomer(Play play, int number) : Customer(play, number, "c"), IBayeuxListener
{
    private readonly bool polls = number % 2 == 0;
    private const string Path = "/genesys/cometd";
    private static readonly TimeSpan EchoPatience = TimeSpan.FromSeconds(8);

    private readonly string channel = ChannelOf(play);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Fate>> echoes = new();
    private TaskCompletionSource<GmsKeys?> begun = new();
    private CancellationTokenSource? hangUp;
    private Task line = Task.CompletedTask;
    private BayeuxLine? present;
    private GmsKeys? keys;
    private volatile bool hasBegun;
    private volatile bool isAsking;
    private volatile bool wasPutOff;

    protected override async Task<bool> BeginAsync()
    {
        await HangUpAsync();
        (keys, hasBegun, isAsking) = (null, false, false);
        begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        hangUp = CancellationTokenSource.CreateLinkedTokenSource(Play.Cancel);
        var cookies = new BrowserCookies();
        present = new BayeuxLine(
            () => polls ? new PollingWay(Wire, Path, cookies) : new SocketWay(Wire, Path, cookies), this);
        line = present.StayAsync(hangUp.Token);
        try
        {
            keys = await begun.Task.WaitAsync(HttpWire.Patience, Play.Cancel);
        }
        catch (TimeoutException)
        {
            keys = null;
        }
        if (keys is not null) return true;
        await HangUpAsync();
        return false;
    }

    public async Task StartedAsync(BayeuxLine line, CancellationToken cancel)
    {
        if (keys is not null)
        {
            Play.Journal.Add(new Opened(Talk, SessionKind.Replayed));
            await AskForMissedAsync(line, cancel);
        }
        else if (hasBegun)
        {
            // who asks again may have two chats
            begun.TrySetResult(null);
        }
        else
        {
            hasBegun = true;
            Play.Journal.Add(new Opened(Talk, SessionKind.First));
            await PublishAsync(line, "requestChat", new() { ["nickname"] = Talk }, cancel);
        }
    }

    public void Resumed() => Play.Journal.Add(new Opened(Talk, SessionKind.Resumed));

    public void TurnedAway()
    {
        // customers have no credentials: it is tried again
    }

    public void Heard(string channel, JsonObject data)
    {
        var push = JsonElement.Parse(data.ToJsonString());
        var status = push.GetProperty("statusCode").GetInt32();
        var ended = push.GetProperty("chatEnded").GetBoolean();
        if (status == 1) wasPutOff = true;
        else isAsking = false;
        if (status == 0 && !begun.Task.IsCompleted)
        {
            keys = new GmsKeys(Play.ChatService, $"{push.GetProperty("chatId")}", $"{push.GetProperty("secureKey")}");
            begun.TrySetResult(keys);
        }
        else if (!begun.Task.IsCompleted) begun.TrySetResult(null);
        foreach (var message in push.GetProperty("messages").EnumerateArray())
        {
            var line = GmsKeys.LineOf(message);
            Told(line, GmsKeys.IsAgents(message));
            if (line.Text is not null && echoes.TryGetValue(line.Text, out var echo)) echo.TrySetResult(Fate.Acknowledged);
        }
        if (!ended) return;
        IsOver = true;
        foreach (var (_, echo) in echoes) echo.TrySetResult(Fate.Refused);
    }

    protected override async Task<Reply> SendAsync(string text, string key)
    {
        if (isAsking) return Reply.None("the new session is told nothing yet");
        // the echo of one try counts for the next
        var echo = echoes.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (IsOver) echo.TrySetResult(Fate.Refused);
            else await PublishAsync(
                present!, "sendMessage",
                new() { ["message"] = text, ["messageType"] = "text", ["idempotencyKey"] = key }, Play.Cancel);
            var fate = await echo.Task.WaitAsync(EchoPatience, Play.Cancel);
            echoes.TryRemove(text, out _);
            return new Reply(fate, 0, default, "pushed");
        }
        catch (Exception silent) when (silent is TimeoutException or IOException)
        {
            return Reply.None(silent.Message);
        }
    }

    protected override async Task<Fate> LeaveAsync()
    {
        // who leaves before it was told what it missed is told of the end alone
        if (isAsking) return Fate.Unknown;
        try
        {
            await PublishAsync(present!, "disconnect", [], Play.Cancel);
        }
        catch (IOException)
        {
            // what is pushed says what came of it
        }
        await Task.Delay(EchoPatience / 4, Play.Cancel);
        return IsOver ? Fate.Acknowledged : Fate.Unknown;
    }

    protected override Task<bool> PollAsync() => Task.FromResult(true);

    /// <summary>What is said up to the end is pushed with it or before.</summary>
    protected override async Task ListenAsync()
    {
        while (!IsOver)
        {
            await Task.Delay(100, Play.Cancel);
            if (line.IsCompleted) await line;
            if (isAsking && wasPutOff) await AskAgainAsync();
        }
        await HangUpAsync();
    }

    protected override Task<IReadOnlyList<Line>?> ReadAsync() => keys!.ReadAsync(Wire, Play.Cancel);

    public override void Dispose()
    {
        hangUp?.Cancel();
        base.Dispose();
    }

    private async Task AskAgainAsync()
    {
        try
        {
            await AskForMissedAsync(present!, Play.Cancel);
        }
        catch (IOException)
        {
            // the next session asks
        }
    }

    /// <summary>What is pushed says what came of it: the answer, or that it is to be asked again.</summary>
    private Task AskForMissedAsync(BayeuxLine line, CancellationToken cancel)
    {
        (isAsking, wasPutOff) = (true, false);
        return PublishAsync(line, "requestNotifications", new() { ["transcriptPosition"] = LastIndex + 1 }, cancel);
    }

    private static string ChannelOf(Play play) => $"/service/chatV2/{play.ChatService}";

    private async Task HangUpAsync()
    {
        if (hangUp is null) return;
        await hangUp.CancelAsync();
        await line;
        hangUp.Dispose();
        hangUp = null;
    }

    private async Task PublishAsync(BayeuxLine line, string operation, JsonObject data, CancellationToken cancel)
    {
        data["operation"] = operation;
        if (keys is not null) (data["chatId"], data["secureKey"]) = (keys.ChatId, keys.SecureKey);
        var reply = await line.AskAsync(channel, new() { ["data"] = data }, cancel);
        if (!BayeuxLine.Successful(reply)) throw new IOException($"publish refused: {reply["error"]}");
    }
}
