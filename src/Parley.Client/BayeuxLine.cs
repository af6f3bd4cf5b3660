using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>
/// A client's Bayeux session that is kept alive whatever happens: a broken connection is opened again with the same session, and
/// a session that the server does not know is followed by a new one. Events are acknowledged (<c>ext.ack</c>).
/// </summary>
public sealed class BayeuxLine(Func<IBayeuxWay> ways, IBayeuxListener listener)
{
    /// <summary>The channel of a payload that says that the connection is gone.</summary>
    public const string Broken = "/broken";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> waiting = new();
    private volatile Connection? present;
    private string? clientId;
    private long batch;
    private TimeSpan hold = TimeSpan.FromSeconds(30);
    private int lastId;
    private volatile int connections;

    /// <summary>Whether the server offered to tell again what was missed.</summary>
    public bool OffersReplay { get; private set; }

    /// <summary>How many connections there have been.</summary>
    public int Connections => connections;

    /// <summary>Is there until it is cancelled.</summary>
    public async Task StayAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await using var opened = ways();
            try
            {
                await opened.OpenAsync(Read, cancel);
                present = new Connection(opened, new CancellationTokenSource());
                connections++;
                await ConverseAsync(cancel);
            }
            catch (Exception broken) when (broken is IOException or TimeoutException)
            {
                // the next way will do
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            present = null;
            FailAll();
            await Task.Delay(Pause, cancel).ContinueWith(_ => { }, CancellationToken.None);
        }
    }

    /// <summary>Breaks the connection, as a network does; the session goes on over another.</summary>
    public void Break() => present?.Cut.Cancel();

    /// <summary>Sends one message of the session and returns its reply.</summary>
    /// <exception cref="IOException">There is no reply.</exception>
    public async Task<JsonObject> AskAsync(
        string channel, JsonObject members, CancellationToken cancel, TimeSpan? patience = null)
    {
        var open = present ?? throw new IOException("the line is down");
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        members["channel"] = channel;
        members["id"] = id;
        if (clientId is not null) members["clientId"] = clientId;
        var answered = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answered;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, open.Cut.Token);
        limit.CancelAfter(patience ?? HttpWire.Patience);
        try
        {
            await open.Way.SendAsync([members], limit.Token);
            return await answered.Task.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"no reply to {channel}");
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private async Task ConverseAsync(CancellationToken cancel)
    {
        var isResuming = clientId is not null;
        if (!isResuming)
        {
            await ShakeHandsAsync(cancel);
            await StartAsync(cancel);
        }

        while (true)
        {
            var members = new JsonObject { ["connectionType"] = present!.Way.Name, ["ext"] = new JsonObject { ["ack"] = batch } };
            var reply = await AskAsync("/meta/connect", members, cancel, hold + Slack);
            if (Successful(reply) && Advised(reply) != "handshake")
            {
                if (isResuming) listener.Resumed();
                isResuming = false;
                continue;
            }
            if (Advised(reply) is "handshake" or "none" || IsStranger(reply)) clientId = null;
            throw new IOException($"connect refused: {reply["error"]}");
        }
    }

    /// <summary>A session that could not be made use of is not gone on with.</summary>
    private async Task StartAsync(CancellationToken cancel)
    {
        var isOfUse = false;
        try
        {
            await listener.StartedAsync(this, cancel);
            isOfUse = true;
        }
        finally
        {
            if (!isOfUse) clientId = null;
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancel)
    {
        batch = 0;
        var reply = await AskAsync(
            "/meta/handshake",
            new JsonObject
            {
                ["version"] = "1.0",
                ["supportedConnectionTypes"] = new JsonArray(present!.Way.Name),
                ["ext"] = new JsonObject { ["ack"] = true, ["replay"] = true },
            },
            cancel);
        if (!Successful(reply))
        {
            listener.TurnedAway();
            throw new IOException($"handshake refused: {reply["error"]}");
        }
        clientId = $"{reply["clientId"]}";
        OffersReplay = reply["ext"]?["replay"]?.GetValueKind() == JsonValueKind.True;
        if (reply["advice"]?["timeout"] is JsonValue timeout) hold = TimeSpan.FromMilliseconds(timeout.GetValue<double>());
    }

    private void Read(JsonArray payload)
    {
        foreach (var message in payload.OfType<JsonObject>())
        {
            var channel = $"{message["channel"]}";
            if (channel == Broken) FailAll();
            else if (message["id"] is { } id && waiting.TryRemove($"{id}", out var answered))
            {
                if (channel == "/meta/connect" && message["ext"]?["ack"] is JsonValue closed) batch = closed.GetValue<long>();
                answered.TrySetResult(message);
            }
            else if (message["data"] is JsonObject data) listener.Heard(channel, data);
        }
    }

    private void FailAll()
    {
        foreach (var (id, _) in waiting)
            if (waiting.TryRemove(id, out var unanswered)) unanswered.TrySetException(new IOException("the connection is gone"));
    }

    public static bool Successful(JsonObject reply) => reply["successful"] is JsonValue value && value.GetValue<bool>();

    private static string? Advised(JsonObject reply) => reply["advice"]?["reconnect"]?.GetValue<string>();

    private static bool IsStranger(JsonObject reply) => $"{reply["error"]}".StartsWith("402", StringComparison.Ordinal);

    /// <summary>One connection, and what breaks it.</summary>
    private sealed record Connection(IBayeuxWay Way, CancellationTokenSource Cut);
}
