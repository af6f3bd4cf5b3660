using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Parley.LossChecker.Clusters;

/// <summary>A process of the cluster, which can be sent signals; it dies with this program.</summary>
internal sealed partial class GuardedProcess : IDisposable
{
    private const int LinesKept = 60;

    private readonly Guard guard;
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    public GuardedProcess(Guard guard, string program, IEnumerable<string> arguments)
    {
        this.guard = guard;
        process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = guard.Directory.FullName,
        })!;
        Pid = process.Id;
        guard.Watch(Pid);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid { get; }

    public bool HasExited => process.HasExited;

    /// <summary>Its last words.</summary>
    public string Output => string.Join('\n', output);

    public void Send(Signal signal)
    {
        if (!process.HasExited) _ = Kill(Pid, (int)signal);
    }

    /// <summary>Waits for its end; false if it goes on.</summary>
    public async Task<bool> EndsAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Send(Signal.Kill);
        process.WaitForExit(TimeSpan.FromSeconds(10));
        guard.Forget(Pid);
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        while (output.Count > LinesKept) output.TryDequeue(out _);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

/// <summary>Signals by their numbers on Linux.</summary>
internal enum Signal
{
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
