using Parley.Simulator.Agents;
using Parley.Simulator.Customers;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;
using Parley.Simulator.Options;
using Parley.Simulator.Progress;
using Parley.Simulator.Sizing;

namespace Parley.Simulator;

/// <summary>A whole run: agents come to work, customers come and go, everybody goes home.</summary>
internal sealed class Simulation : IDisposable
{
    private const int SignInsAtOnce = 8;

    private readonly TimeProvider clock;
    private readonly FastTime time;
    private readonly CancellationTokenSource closing;
    private readonly ServerMetrics metrics;
    private readonly SimulatorOptions options;
    private TimeSpan length;

    /// <param name="clock">The clock on the wall.</param>
    /// <param name="interrupt">Ends it early, and as cleanly.</param>
    public Simulation(SimulatorOptions options, TimeProvider clock, CancellationToken interrupt)
    {
        (this.options, this.clock) = (options, clock);
        time = new FastTime(clock, options.Speed);
        closing = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        Shift = new Shift(options, time, clock, closing.Token);
        metrics = new ServerMetrics(options.Url, () => Shift.Meter.Requests);
    }

    /// <summary>What the people share, and what is counted.</summary>
    public Shift Shift { get; }

    /// <summary>What the sizing table is made from, once it has run.</summary>
    public Measured Measured
    {
        get
        {
            var (tally, workload) = (Shift.Tally, Shift.Workload);
            var served = Math.Max(1, tally.Waits.Count);
            var requests = (double)Shift.Meter.Requests / served;
            return new Measured(
                workload.Handling, workload.Concurrency, (double)tally.Messages / served, requests, options.Doors.PushedShare,
                CostPerChat.Of(metrics.Cost, requests, tally.Waits.Count, tally.MostInChat));
        }
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>The report.</returns>
    /// <exception cref="IOException">Agents cannot work.</exception>
    public async Task<string> RunAsync(Display display)
    {
        var agents = options.Logins.Take(options.Agents).Select(login => new Agent(Shift, login)).ToArray();
        for (var n = 0; n < agents.Length && agents.Length > 1; n++) agents[n].Colleague = agents[(n + 1) % agents.Length];
        try
        {
            await ForAllAsync(agents, agent => agent.StartAsync());
            await OpenAsync(display);
            await ForAllAsync(agents, agent => agent.StopAsync());
        }
        finally
        {
            foreach (var agent in agents) await agent.DisposeAsync();
        }
        return Report.Of(Shift, length, Measured);
    }

    public void Dispose()
    {
        closing.Dispose();
        metrics.Dispose();
    }

    /// <summary>Customers come; returns when the last has gone.</summary>
    private async Task OpenAsync(Display display)
    {
        var opened = time.GetTimestamp();
        var watching = metrics.WatchAsync(clock, Shift.Closing);
        using var over = new CancellationTokenSource();
        var showing = display.RunAsync(() => Snapshot.Of(Shift.Tally, Shift.Meter, time.GetElapsedTime(opened)), over.Token);
        await new Street(Shift).RunAsync(() =>
        {
            length = time.GetElapsedTime(opened);
            closing.Cancel();
        });
        await over.CancelAsync();
        await Task.WhenAll(showing, watching);
    }

    private static Task ForAllAsync(Agent[] agents, Func<Agent, Task> what) => Parallel.ForEachAsync(
        agents, new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (agent, _) => await what(agent));
}
