using System.Diagnostics;
using Parley.Client;

namespace Parley.Bench.Push;

/// <summary>Everybody has a partner: messages from one to the other.</summary>
internal static class Pairs
{
    private const int MostAtOnce = 32;
    private const double MostBehind = 0.3;
    private const int AlwaysAllowed = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(100);

    /// <summary>Everybody says something to his partner once.</summary>
    public static void SayHello(Crowd crowd)
    {
        crowd.Heard = (_, _) => crowd.StepDone();
        crowd.Each(crowd.Listeners, player => player.Say(Audience.Partner, Stopwatch.GetTimestamp()));
    }

    /// <summary>Messages at a fixed rate; each counts from the moment it was due, until its receiver has it.</summary>
    /// <returns>The latencies after the warm-up; null if the server fell so far behind that the rate was given up.</returns>
    public static Latencies? AtRate(Crowd crowd, double perSecond, TimeSpan warmUp, TimeSpan measured)
    {
        var latencies = new Latencies();
        var start = Stopwatch.GetTimestamp();
        var from = start + Ticks(warmUp);
        var to = from + Ticks(measured);
        long said = 0, heard = 0;
        crowd.Heard = (_, stamp) =>
        {
            heard++;
            if (stamp.Due >= from) latencies.Record(stamp.Due, Stopwatch.GetTimestamp());
        };

        var behind = false;
        for (long now = start, due = start; due < to && !behind; now = Stopwatch.GetTimestamp())
        {
            for (var i = 0; i < MostAtOnce && due <= now; i++)
            {
                crowd.Listeners[said % crowd.Size].Say(Audience.Partner, due);
                due = start + (long)(++said / perSecond * Stopwatch.Frequency);
            }
            crowd.Loop.RunOnce(due);
            behind = Math.Max(said - heard, (now - due) * perSecond / Stopwatch.Frequency)
                > AlwaysAllowed + (MostBehind * perSecond);
        }
        crowd.Loop.RunDown(() => said - heard, Patience);
        return behind ? null : latencies;
    }

    /// <summary>Finds the highest rate at which 99 of 100 messages take less than 100 ms.</summary>
    public static PairsFigures Search(Crowd crowd, Periods periods, ServerCost cost, Attempts attempts)
    {
        var (guess, micros) = attempts.LeastDisturbed(() => PingPong(crowd, periods, cost));
        var search = new RateSearch(guess);
        while (!search.IsDone) search.Report(attempts.LeastDisturbed(() => IsGood(search.Rate)));
        return new PairsFigures(search.Best, micros);

        bool IsGood(double rate) =>
            AtRate(crowd, rate, periods.Trial / 2, periods.Trial) is { } latencies && latencies.Percentile(0.99) < Goal;
    }

    /// <summary>
    /// As fast as it goes, so that the runtime has compiled what is used most for speed: it does so in the background.
    /// </summary>
    public static void WarmUp(Crowd crowd, Periods periods, ServerCost cost)
    {
        for (var i = 0; i < 3; i++) PingPong(crowd, periods, cost);
    }

    /// <summary>
    /// Messages per second with one under way in each pair, where the search starts, and what each costs the server.
    /// </summary>
    private static (double PerSecond, double ServerMicros) PingPong(Crowd crowd, Periods periods, ServerCost cost)
    {
        var isOver = false;
        long heard = 0, underWay = 0;
        crowd.Heard = (player, _) =>
        {
            heard++;
            if (isOver) underWay--;
            else player.Say(Audience.Partner, Stopwatch.GetTimestamp());
        };
        for (var number = 0; number < crowd.Size; number += 2)
        {
            underWay++;
            crowd.Listeners[number].Say(Audience.Partner, Stopwatch.GetTimestamp());
        }

        crowd.Loop.Run(periods.WarmUp);
        var before = heard;
        var start = Stopwatch.GetTimestamp();
        cost.Start();
        crowd.Loop.Run(periods.Trial);
        var spent = cost.Stop().Cpu;
        var count = Math.Max(1, heard - before);
        var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        isOver = true;
        crowd.Loop.RunDown(() => underWay, Patience);
        return (rate, spent.TotalMicroseconds / count);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}

/// <summary>How the pairs did.</summary>
/// <param name="PerSecond">The highest good rate.</param>
/// <param name="ServerMicros">Processor time of the server for each message, with one under way in each pair.</param>
internal sealed record PairsFigures(double PerSecond, double ServerMicros);
