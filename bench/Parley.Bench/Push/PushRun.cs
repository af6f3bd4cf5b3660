using System.Globalization;

namespace Parley.Bench.Push;

/// <summary>One run of <c>push</c>: all servers, transports and numbers of sessions, one after the other.</summary>
internal static class PushRun
{
    /// <summary>Runs and prints. Answers the exit code: 0 if everybody heard every message exactly once.</summary>
    public static int Execute(PushOptions options, CancellationToken interrupted)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The comparison needs Linux: it waits by epoll and reads /proc.");
            return 2;
        }
        if (OpenFilesAllowed() < options.NeededFiles)
        {
            Console.Error.WriteLine($"Too few open files are allowed: ulimit -n {options.NeededFiles}, or fewer --sessions.");
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

    // The runtime has raised the soft limit to the hard one, and child processes inherit it.
    private static long OpenFilesAllowed()
    {
        const string name = "Max open files";
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
