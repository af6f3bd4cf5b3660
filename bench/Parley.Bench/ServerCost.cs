using System.Diagnostics;

namespace Parley.Bench;

/// <summary>The meter of a server process on this machine: processor time and memory.</summary>
internal sealed class ServerCost
{
    private readonly Process process;
    private TimeSpan before;

    private ServerCost(Process process) => this.process = process;

    /// <summary>The meter of a process; null without one.</summary>
    public static ServerCost? Of(int? pid)
    {
        try
        {
            return pid is { } id ? new ServerCost(Process.GetProcessById(id)) : null;
        }
        catch (ArgumentException)
        {
            throw new IOException($"there is no process {pid}");
        }
    }

    /// <summary>Processor time since the process started, user and system.</summary>
    public TimeSpan Total
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Start() => before = Total;

    /// <summary>What was spent since <see cref="Start"/>.</summary>
    public ServerSpent Stop()
    {
        return new ServerSpent(Total - before, process.WorkingSet64, process.PeakWorkingSet64);
    }
}

/// <summary>What a server spent.</summary>
/// <param name="Cpu">Processor time, user and system.</param>
/// <param name="Memory">Resident bytes at the end.</param>
/// <param name="PeakMemory">The most resident bytes since it started.</param>
internal sealed record ServerSpent(TimeSpan Cpu, long Memory, long PeakMemory);
