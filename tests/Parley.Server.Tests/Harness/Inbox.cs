using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>The events one Bayeux session received, in order of arrival; a reader takes them one by one per channel.</summary>
internal sealed class Inbox
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> received = [];
    private readonly Dictionary<string, int> taken = [];
    private TaskCompletionSource arrival = NewArrival();

    /// <summary>Everything so far, over all channels.</summary>
    public IReadOnlyList<JsonObject> All
    {
        get
        {
            lock (gate) return [.. received];
        }
    }

    public void Add(JsonObject message)
    {
        lock (gate)
        {
            received.Add(message);
            arrival.TrySetResult();
            arrival = NewArrival();
        }
    }

    /// <summary>Takes the next event of a channel, waiting for it; answers its <c>data</c>.</summary>
    /// <remarks><c>TranscriptSaveDone</c> is passed over: when it comes is the transcript store's affair.</remarks>
    public async Task<JsonObject> Next(string channel, string waitingFor = "an event")
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (TakeUntaken(channel) is { } data) return data;
                more = arrival.Task;
            }
            try
            {
                await more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited for {waitingFor} on {channel}. Received so far:\n{Recent()}");
            }
        }
    }

    /// <summary>What has arrived on a channel and was not taken yet.</summary>
    public IReadOnlyList<JsonObject> Untaken(string channel)
    {
        lock (gate) return [.. Of(channel).Skip(taken.GetValueOrDefault(channel))];
    }

    /// <summary>Counts everything that has arrived on a channel as taken.</summary>
    public void TakeAll(string channel)
    {
        lock (gate) taken[channel] = Of(channel).Count();
    }

    private JsonObject? TakeUntaken(string channel)
    {
        var next = Of(channel).Skip(taken.GetValueOrDefault(channel)).FirstOrDefault();
        if (next is not null) taken[channel] = taken.GetValueOrDefault(channel) + 1;
        return next;
    }

    private IEnumerable<JsonObject> Of(string channel) =>
        received.Where(m => m["channel"]?.GetValue<string>() == channel)
            .Select(m => m["data"] as JsonObject ?? [])
            .Where(data =>
                (data["messages"] as JsonArray)?.FirstOrDefault()?["type"]?.GetValue<string>() != "TranscriptSaveDone");

    private string Recent()
    {
        lock (gate) return string.Join('\n', received.TakeLast(12).Select(m => m.ToJsonString()));
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
