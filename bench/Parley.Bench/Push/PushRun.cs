namespace Parley.Bench.Push;

/// <summary>One run of <c>push</c>: all servers, transports and numbers of sessions, one after the other.</summary>
internal static class PushRun
{
    /// <summary>Runs and prints. Answers the exit code: 0 if everybody heard every message exactly once.</summary>
    public static int Execute(PushOptions options, CancellationToken interrupted)
    {
        if (Machine.Lacks(options.NeededFiles) is { } lack)
        {
            Console.Error.WriteLine(lack);
            return 2;
        }

        var run = new List<Figures>();
        var faults = new Faults();
        foreach (var sessions in options.Sessions)
        {
            foreach (var contestant in Contestant.All.Where(options.Plays))
            {
                if (interrupted.IsCancellationRequested) return 1;
                Console.Error.WriteLine($"{sessions} sessions on {contestant}");
                if (Play(options, contestant, sessions, faults) is { } figures) run.Add(figures);
            }
        }

        Comparison.Print(options, run);
        foreach (var (kind, count) in faults.Kinds) Console.WriteLine($"{count} x {kind}");
        return faults.Total == 0 ? 0 : 1;
    }

    private static Figures? Play(PushOptions options, Contestant contestant, int sessions, Faults faults)
    {
        var own = new Faults();
        try
        {
            return Performance.Play(options, contestant, sessions, own);
        }
        catch (IOException givenUp)
        {
            own.Add("given up: " + givenUp.Message);
            return null;
        }
        finally
        {
            foreach (var (kind, count) in own.Kinds)
                for (var i = 0; i < count; i++) faults.Add($"{sessions} sessions on {contestant}: {kind}");
        }
    }
}
