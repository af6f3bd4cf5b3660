using System.Diagnostics;

namespace Parley.LossChecker.Clusters;

/// <summary>A Parley node of the cluster: a process that is killed, frozen, asked to stop, and started again.</summary>
internal sealed class Node(Guard guard, string name, string serverDll, IReadOnlyList<string> arguments) : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private GuardedProcess? process;
    private volatile bool isUp;

    public string Name { get; } = name;

    public int Port { get; } = Ports.Free();

    /// <summary>It ended although nobody ended it.</summary>
    public bool DiedByItself => isUp && process!.HasExited;

    /// <summary>Its last words.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Starts it, again if it ends at once, and waits until it answers.</summary>
    /// <exception cref="IOException">It does not answer.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(2),
        };
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < StartPatience;)
        {
            if (process is null or { HasExited: true })
            {
                process?.Dispose();
                process = new GuardedProcess(
                    guard, "dotnet",
                    [
                        "exec", serverDll, "--urls", $"http://127.0.0.1:{Port}", .. arguments,
                        "--Logging:LogLevel:Default=Warning",
                    ]);
            }
            try
            {
                using var answer = await http.GetAsync("/api/v2/me", cancel);
                if ((int)answer.StatusCode is > 0 and < 500)
                {
                    isUp = true;
                    return;
                }
            }
            catch (Exception silent) when (silent is HttpRequestException || !cancel.IsCancellationRequested)
            {
                // not yet
            }
            await Task.Delay(100, cancel);
        }
        throw new IOException($"node {Name} does not answer: {Output}");
    }

    /// <summary>Ends it by <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        isUp = false;
        process?.Send(Signal.Kill);
        if (process is not null) await process.EndsAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Asks it to stop; false if it does not within the patience.</summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        isUp = false;
        process?.Send(Signal.Terminate);
        return process is null || await process.EndsAsync(patience);
    }

    public void Freeze() => process?.Send(Signal.Stop);

    public void Thaw() => process?.Send(Signal.Continue);

    public void Dispose() => process?.Dispose();
}
