using Parley.Client;
using Parley.Simulator.Measures;

namespace Parley.Simulator.Customers;

/// <summary>A door at which the customer asks again and again for what is new.</summary>
internal abstract class PollingDoor(Shift shift, HttpWire wire, Hearing hearing) : IDoor
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(12);

    private const int MostPollsAfterTheEnd = 20;

    private volatile bool hasLostConnection;
    private volatile bool hasLeft;

    protected HttpWire Wire { get; } = wire;

    protected Hearing Hearing { get; } = hearing;

    public abstract Task<Reply> BeginAsync(string nickname);

    public abstract Task<Reply> SendAsync(string text, string key);

    public abstract Task<Reply> StartTypingAsync();

    public abstract Task<Reply> StopTypingAsync();

    public async Task<Reply> LeaveAsync()
    {
        var reply = await SayGoodbyeAsync();
        hasLeft = true;
        return reply;
    }

    /// <summary>Polls, also after the end, until nothing more is told; not for ever, whatever is told.</summary>
    public async Task ListenAsync()
    {
        for (var after = 0; after < MostPollsAfterTheEnd;)
        {
            await Task.Delay(hasLostConnection ? Absence : PollEvery, shift.Time);
            hasLostConnection = false;
            var (before, wasOver) = (Hearing.LastIndex, Hearing.IsOver);
            var (_, verdict) = await shift.Meter.AskAsync("customer polls", PollAsync);
            if (wasOver && verdict == Verdict.Done && Hearing.LastIndex == before) return;
            if (wasOver || hasLeft || verdict == Verdict.TooLate) after++;
        }
    }

    /// <summary>Somebody without a network misses polls.</summary>
    public void LoseConnection() => hasLostConnection = true;

    public ValueTask DisposeAsync()
    {
        Wire.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Leaves the chat.</summary>
    protected abstract Task<Reply> SayGoodbyeAsync();

    /// <summary>Asks for what is new and tells it.</summary>
    protected abstract Task<Reply> PollAsync();
}
