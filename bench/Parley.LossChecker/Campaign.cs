using System.Diagnostics;
using Parley.LossChecker.Clusters;
using Parley.LossChecker.Faults;
using Parley.LossChecker.Journals;
using Parley.LossChecker.Judging;
using Parley.LossChecker.Players;

namespace Parley.LossChecker;

/// <summary>A whole run: the cluster, those who use it, those who break it, and the judge.</summary>
internal static class Campaign
{
    private const string BuiltServer = "src/Parley.Server/bin/Release/net10.0/Parley.Server.dll";
    private const string Example = "docs/nginx.conf";
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FinishPatience = TimeSpan.FromMinutes(4);

    /// <summary>Starts a cluster, plays on it while it breaks, and judges; 0 if nothing is wrong.</summary>
    public static async Task<int> RunAsync(Options options, TextWriter output, CancellationToken cancel)
    {
        await using var cluster = await Cluster.StartAsync(
            new(
                options.Nodes, options.Engine, options.Server ?? FindAbove(BuiltServer), FindAbove(Example), options.Agents,
                options.Customers),
            cancel);
        var kinds = new FaultKinds(cluster, options.Only);
        if (options.Faults > 0 && kinds.Lanes.Count == 0)
        {
            output.WriteLine($"No fault has '{options.Only}' in its name.");
            return 2;
        }
        using (var journal = new Journal(options.Journal))
        {
            var play = new Play(cluster.Url, Cluster.ChatService, journal, options.Play, cancel);
            var schedule = options.Faults == 0 ? null : new Schedule(kinds, options.Schedule, journal);
            try
            {
                await PlayAsync(options, play, cluster.Agents, schedule, cluster.Check, output);
            }
            catch
            {
                foreach (var node in cluster.Nodes) output.WriteLine($"{node.Name} said:\n{node.Output}");
                throw;
            }
        }
        if (kinds.HadToBeKilled > 0) output.WriteLine($"{kinds.HadToBeKilled} nodes did not end when they were asked to.");
        return Math.Max(Judged(options.Journal, output), kinds.HadToBeKilled > 0 ? 1 : 0);
    }

    /// <summary>Plays against a service that runs already, and judges.</summary>
    public static async Task<int> ConductAsync(Options options, TextWriter output, CancellationToken cancel)
    {
        using (var journal = new Journal(options.Journal))
        {
            var play = new Play(options.Url, options.Service, journal, options.Play, cancel);
            await PlayAsync(options, play, options.Logins, null, () => { }, output);
        }
        return Judged(options.Journal, output);
    }

    /// <summary>Judges a journal and prints the summary.</summary>
    public static int Judged(string journal, TextWriter output)
    {
        var book = Casebook.Of(Journal.Read(journal));
        var violations = Judge.Violations(book);
        output.WriteLine();
        output.Write(Summary.Of(book, violations));
        if (book.End is null) output.WriteLine("The journal ends before the play: transcripts at the end are missing.");
        return violations.Count == 0 ? 0 : 1;
    }

    private static async Task PlayAsync(
        Options options, Play play, IReadOnlyList<(string, string)> logins, Schedule? schedule, Action check, TextWriter output)
    {
        output.WriteLine($"seed {options.Seed}, service {play.Service}, journal {Path.GetFullPath(options.Journal)}");
        var conductor = new Conductor(play, logins);
        await conductor.StartAsync();
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(play.Cancel);
        var breaking = schedule?.PlayAsync(whole.Token, play.Cancel) ?? Task.CompletedTask;
        var start = Stopwatch.GetTimestamp();
        var reported = start;
        while (play.Acknowledged < options.Messages || Stopwatch.GetElapsedTime(start).TotalSeconds < options.Seconds
            || schedule?.Count < options.Faults || schedule?.HasPlayedAll == false)
        {
            await Task.Delay(200, play.Cancel);
            conductor.Check();
            check();
            if (breaking.IsFaulted) await breaking;
            if (Stopwatch.GetElapsedTime(reported) < ReportEvery) continue;
            reported = Stopwatch.GetTimestamp();
            output.WriteLine(
                $"{Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss}  {play.Acknowledged} acknowledged, "
                + $"{schedule?.Count ?? 0} faults over; {schedule?.Present}");
        }
        await whole.CancelAsync();
        await breaking;
        output.WriteLine($"{Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss}  everything is whole; waiting for everybody to finish");
        await conductor.FinishAsync(FinishPatience);
    }

    /// <summary>A file of this repository, looked for from the program's own folder upwards.</summary>
    private static string FindAbove(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, path) is var file && File.Exists(file)) return file;
        return Path.GetFullPath(path);
    }
}
