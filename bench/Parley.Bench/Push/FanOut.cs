using System.Diagnostics;

namespace Parley.Bench.Push;

/// <summary>
/// One publisher, everybody listens: so many events are under way at any time; the next is published when all have heard the
/// oldest.
/// </summary>
internal sealed class FanOut
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Crowd crowd;
    private readonly int[] unheard;
    private readonly int window;
    private bool isOver;
    private int underWay;
    private long heard;

    private FanOut(Crowd crowd, int window)
    {
        this.crowd = crowd;
        this.window = window;
        unheard = new int[window * 2];
        crowd.Heard = Hear;
    }

    public static FanOutFigures Play(Crowd crowd, int window, Periods periods, ServerCost cost)
    {
        var play = new FanOut(crowd, window);
        play.Publish();
        crowd.Loop.Run(periods.WarmUp);

        var start = Stopwatch.GetTimestamp();
        var before = play.heard;
        var own = Environment.CpuUsage.TotalTime;
        cost.Start();
        crowd.Loop.Run(periods.Measured);
        var spent = cost.Stop().Cpu;
        own = Environment.CpuUsage.TotalTime - own;
        var time = Stopwatch.GetElapsedTime(start);
        var deliveries = play.heard - before;

        play.isOver = true;
        crowd.Loop.RunDown(() => play.underWay, Patience);
        return new FanOutFigures(deliveries / time.TotalSeconds, spent.TotalMicroseconds / deliveries, spent / time, own / time);
    }

    private void Publish()
    {
        while (underWay < window && !isOver)
        {
            underWay++;
            unheard[crowd.Publisher.SaidToEverybody % unheard.Length] = crowd.Size;
            crowd.Publisher.Say(Audience.Everybody, Stopwatch.GetTimestamp());
        }
    }

    private void Hear(Players.Player player, Stamp stamp)
    {
        heard++;
        if (--unheard[stamp.Number % unheard.Length] > 0) return;
        underWay--;
        Publish();
    }
}

/// <summary>How a fan-out went.</summary>
/// <param name="PerSecond">Deliveries, that is events times listeners.</param>
/// <param name="ServerMicros">Processor time of the server for each delivery.</param>
/// <param name="ServerCores">Processor time of the server.</param>
/// <param name="OwnCores">Processor time of the generator.</param>
internal sealed record FanOutFigures(double PerSecond, double ServerMicros, double ServerCores, double OwnCores);
