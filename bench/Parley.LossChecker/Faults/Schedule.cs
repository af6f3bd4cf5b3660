using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Faults;

/// <summary>How often and for how long things are broken.</summary>
/// <param name="Seed">What all chances come from.</param>
/// <param name="ShortMs">The longest of the usual faults; they are at least a tenth of it.</param>
/// <param name="LongMs">The longest of the few that are long.</param>
/// <param name="PauseMs">The longest pause in a lane between two faults.</param>
internal sealed record ScheduleOptions(int Seed, int ShortMs, int LongMs, int PauseMs);

/// <summary>Breaks one thing after the other in each lane, every kind as often as the others.</summary>
internal sealed class Schedule(FaultKinds kinds, ScheduleOptions options, Journal journal)
{
    private const double LongOnes = 0.08;

    private int begun;
    private int ended;
    private int lanesThrough;

    /// <summary>Faults that were put right again.</summary>
    public int Count => Volatile.Read(ref ended);

    /// <summary>Whether everything was broken at least once.</summary>
    public bool HasPlayedAll => Volatile.Read(ref lanesThrough) >= kinds.Lanes.Count;

    /// <summary>What is broken now.</summary>
    public string Present { get; private set; } = "";

    /// <summary>Breaks until it is told to stop; everything is whole when it returns.</summary>
    public Task PlayAsync(CancellationToken stop, CancellationToken cancel) => Task.WhenAll(
        kinds.Lanes.Select((lane, number) => PlayAsync(lane, new Random(options.Seed + number), stop, cancel)));

    private async Task PlayAsync(
        IReadOnlyList<Func<Random, Fault>> lane, Random random, CancellationToken stop, CancellationToken cancel)
    {
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            if (round == 2) Interlocked.Increment(ref lanesThrough);
            var deck = lane.ToArray();
            random.Shuffle(deck);
            foreach (var draw in deck)
            {
                await PauseAsync(random.Next(options.PauseMs / 4, options.PauseMs), stop);
                if (stop.IsCancellationRequested) return;
                await PlayAsync(draw(random), random, stop, cancel);
            }
        }
    }

    private async Task PlayAsync(Fault fault, Random random, CancellationToken stop, CancellationToken cancel)
    {
        var number = Interlocked.Increment(ref begun);
        journal.Add(new FaultBegan(number, fault.Kind, fault.Target));
        Present = $"{fault.Kind} ({fault.Target})";
        try
        {
            await fault.Break();
            var longest = random.NextDouble() < LongOnes ? options.LongMs : options.ShortMs;
            await PauseAsync(random.Next(longest / 10, longest), stop);
        }
        finally
        {
            await fault.Repair(cancel);
            Present = "";
        }
        journal.Add(new FaultEnded(number));
        Interlocked.Increment(ref ended);
    }

    private static async Task PauseAsync(int milliseconds, CancellationToken stop)
    {
        try
        {
            await Task.Delay(milliseconds, stop);
        }
        catch (OperationCanceledException)
        {
            // what is broken is put right at once
        }
    }
}
