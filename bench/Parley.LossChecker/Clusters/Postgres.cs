using System.Diagnostics;

namespace Parley.LossChecker.Clusters;

/// <summary>
/// A PostgreSQL of the cluster's own, with everything flushed as it is in earnest; it can be killed and started again.
/// </summary>
internal sealed class Postgres : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql";
    private const string User = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Guard guard;
    private readonly string bin;
    private readonly string home;
    private GuardedProcess? postmaster;

    private Postgres(Guard guard, string bin)
    {
        (this.guard, this.bin) = (guard, bin);
        home = Path.Combine(guard.Directory.FullName, "postgres");
    }

    public int Port { get; } = Ports.Free();

    /// <summary>Makes a new one and waits until it answers.</summary>
    /// <exception cref="IOException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<Postgres> StartAsync(Guard guard, CancellationToken cancel)
    {
        var versions = Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : [];
        var bin = versions.Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "postgres")))
            .Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new IOException($"There is no PostgreSQL in {Programs}; install the package postgresql.");
        var postgres = new Postgres(guard, bin);
        Directory.CreateDirectory(postgres.home);
        if (Environment.IsPrivilegedProcess) await postgres.RunAsync("chown", [User, postgres.home], asRoot: true, cancel);
        await postgres.RunAsync(
            Path.Combine(bin, "initdb"),
            ["-D", postgres.Data, "-A", "trust", "-U", User, "-E", "UTF8", "--locale=C"], asRoot: false, cancel);
        await postgres.StartAsync(cancel);
        return postgres;
    }

    private string Data => Path.Combine(home, "data");

    /// <summary>How a node is told to come here through a link.</summary>
    public static string ConnectionString(int port) =>
        $"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Maximum Pool Size=20";

    /// <summary>Starts it on what the last life left, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience;)
        {
            if (postmaster is null or { HasExited: true })
            {
                postmaster?.Dispose();
                // of a killed life there may be somebody left for a moment: then this one ends at once, and the next is tried
                var (program, arguments) = AsUser(
                    Path.Combine(bin, "postgres"),
                    [
                        "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={home}",
                        "-c", "max_connections=200",
                    ]);
                postmaster = new GuardedProcess(guard, program, arguments);
            }
            using var asking = Process.Start(new ProcessStartInfo(
                Path.Combine(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", $"{Port}"]))!;
            await asking.WaitForExitAsync(cancel);
            if (asking.ExitCode == 0) return;
            await Task.Delay(100, cancel);
        }
        throw new IOException($"PostgreSQL does not start: {postmaster?.Output}");
    }

    /// <summary>Ends the postmaster by <c>kill -9</c>; its children notice, and end as well.</summary>
    public Task KillAsync() => EndAsync(Signal.Kill);

    /// <summary>Ends it in immediate mode: nothing is flushed, no session is waited for.</summary>
    public Task StopImmediatelyAsync() => EndAsync(Signal.Quit);

    public async ValueTask DisposeAsync()
    {
        await EndAsync(Signal.Quit);
        postmaster?.Dispose();
    }

    private async Task EndAsync(Signal signal)
    {
        if (postmaster is not { HasExited: false } running) return;
        running.Send(signal);
        await running.EndsAsync(Patience);
    }

    private async Task RunAsync(string program, string[] arguments, bool asRoot, CancellationToken cancel)
    {
        if (!asRoot) (program, arguments) = AsUser(program, arguments);
        using var running = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home,
        })!;
        var said = running.StandardOutput.ReadToEndAsync(cancel);
        var errors = await running.StandardError.ReadToEndAsync(cancel);
        await said;
        await running.WaitForExitAsync(cancel);
        if (running.ExitCode != 0) throw new IOException($"{program} failed: {errors}");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static (string Program, string[] Arguments) AsUser(string program, string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments])
            : (program, arguments);
}
