using Parley.Bench.Push.Loop;
using Parley.Client;

namespace Parley.Bench.Push;

/// <summary>One server with one transport and so many sessions: started, played on, and stopped.</summary>
internal sealed class Performance(
    PushOptions options, Contestant contestant, int sessions, Faults faults, PeerServer server, EventLoop loop)
{
    private const int WarmUpSessions = 200;
    private const int PairsSessions = 1000;

    private readonly ServerCost cost = ServerCost.Of(server.Pid)!;

    public static Figures Play(PushOptions options, Contestant contestant, int sessions, Faults faults)
    {
        using var server = PeerServer.Start(contestant.Server);
        using var loop = new EventLoop();
        return new Performance(options, contestant, sessions, faults, server, loop).Play();
    }

    private Figures Play()
    {
        var figures = new Figures(contestant, sessions);
        var attempts = new Attempts(options.Attempts, cost);
        WarmUp(NewCrowd(Math.Min(sessions, WarmUpSessions)));
        var emptyMemory = Memory();

        var crowd = NewCrowd(sessions);
        crowd.Each(crowd.Everybody, player => player.Open());
        crowd.Each(crowd.Everybody, player => player.Listen());
        var idle = options.Played.Contains("idle");
        if (idle)
        {
            loop.Run(options.Periods.Settle);
            figures.BytesPerSession = (Memory() - emptyMemory) / (double)crowd.Everybody.Length;
        }
        if (options.Played.Contains("fan-out"))
            figures.FanOut = attempts.LeastDisturbed(() => FanOut.Play(crowd, options.Window, options.Periods, cost));
        PlayPairs(crowd, figures, attempts);
        if (idle) figures.IdleCores = attempts.LeastDisturbed(IdleCores); // last, when nothing is compiled any more
        crowd.CountLosses();
        crowd.Each(crowd.Everybody, player => player.Leave());

        if (options.Played.Contains("handshakes")) figures.HandshakesPerSecond = attempts.LeastDisturbed(Handshakes);
        figures.Disturbed = attempts.Disturbed;
        return figures;
    }

    private double IdleCores()
    {
        loop.Run(options.Periods.Settle);
        cost.Start();
        loop.Run(options.Periods.Idle);
        return cost.Stop().Cpu / options.Periods.Idle;
    }

    private void PlayPairs(Crowd crowd, Figures figures, Attempts attempts)
    {
        var latency = options.Played.Contains("latency");
        var pairs = options.Played.Contains("pairs") && sessions == PairsSessions;
        if (!latency && !pairs) return;

        Pairs.SayHello(crowd);
        Pairs.WarmUp(crowd, options.Periods, cost);
        foreach (var rate in latency ? options.Rates : [])
        {
            figures.AtRate[rate] = attempts.LeastDisturbed(
                () => Pairs.AtRate(crowd, rate, options.Periods.WarmUp, options.Periods.Measured));
        }
        if (pairs) figures.Pairs = Pairs.Search(crowd, options.Periods, cost, attempts);
    }

    /// <summary>Everything once, so that code is compiled and pools are filled before memory is looked at.</summary>
    private void WarmUp(Crowd crowd)
    {
        crowd.Each(crowd.Everybody, player => player.Open());
        crowd.Each(crowd.Everybody, player => player.Listen());
        FanOut.Play(crowd, window: 1, Periods.Quick, cost);
        Pairs.SayHello(crowd);
        crowd.CountLosses();
        crowd.Each(crowd.Everybody, player => player.Leave());
    }

    /// <summary>From nothing to a session: connection, upgrade if there is one, handshake.</summary>
    private double Handshakes()
    {
        var count = 0;
        var time = TimeSpan.Zero;
        while (count < options.Periods.Handshakes)
        {
            var crowd = NewCrowd(sessions);
            time += crowd.Each(crowd.Everybody, player => player.Open());
            count += crowd.Everybody.Length;
            crowd.Each(crowd.Everybody, player => player.Leave());
        }
        return count / time.TotalSeconds;
    }

    private Crowd NewCrowd(int size) =>
        new(loop, server.Address, contestant, size, options.TextSize, faults);

    private long Memory()
    {
        server.CollectGarbage();
        cost.Start();
        return cost.Stop().Memory;
    }
}

/// <summary>What was measured of one server with one transport and so many sessions; null where it was not played.</summary>
internal sealed record Figures(Contestant Contestant, int Sessions)
{
    public double? HandshakesPerSecond { get; set; }
    public double? BytesPerSession { get; set; }
    public double? IdleCores { get; set; }
    public FanOutFigures? FanOut { get; set; }
    public PairsFigures? Pairs { get; set; }

    /// <summary>How many of these were measured while other programs used the machine.</summary>
    public int Disturbed { get; set; }

    /// <summary>By messages per second; null if the server could not keep up at all.</summary>
    public Dictionary<int, Latencies?> AtRate { get; } = [];
}
