using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;
using Parley.Simulator.Options;

namespace Parley.Simulator;

/// <summary>What all people of one simulation share: their time, what is counted, and whether it is over.</summary>
/// <param name="time">The time of the people.</param>
/// <param name="clock">The clock on the wall, by which the server is measured.</param>
/// <param name="closing">From then on people bring to an end what they are at.</param>
internal sealed class Shift(SimulatorOptions options, TimeProvider time, TimeProvider clock, CancellationToken closing)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private const int Tries = 4;

    public SimulatorOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public Meter Meter { get; } = new(clock);

    public Tally Tally { get; } = new();

    public Workload Workload { get; } = new(time);

    public CancellationToken Closing { get; } = closing;

    /// <summary>Lets time pass as people do; false if the simulation is over, or what the person is at.</summary>
    public async Task<bool> PassAsync(TimeSpan duration, CancellationToken end = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Closing, end);
        await Task.Delay(duration, Time, either.Token).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return !either.IsCancellationRequested;
    }

    /// <summary>Asks over HTTP, again and again with the same key while there is no answer, and not for ever.</summary>
    /// <param name="ask">Asks with the key.</param>
    public async Task<(Reply Reply, Verdict Verdict)> InsistAsync(string kind, Func<string, Task<Reply>> ask)
    {
        var key = $"{Guid.NewGuid():N}";
        for (var trial = 1; ; trial++)
        {
            var answer = await Meter.AskAsync(kind, () => ask(key));
            if (answer.Reply.Fate != Fate.Unknown || trial == Tries) return answer;
            await Task.Delay(BetweenTries, clock);
        }
    }

    /// <summary>How a client speaks Bayeux.</summary>
    public Func<IBayeuxWay> Ways(HttpWire wire, string path, Push push)
    {
        var cookies = new BrowserCookies();
        return () => new CountedWay(
            push == Push.LongPolling ? new PollingWay(wire, path, cookies) : new SocketWay(wire, path, cookies), Meter);
    }
}
