using System.Diagnostics;

namespace Parley.Bench;

/// <summary>The meter of a server process on this machine: processor time and memory.</summary>
internal sealed class ServerCost
{
    private readonly Process[] processes;
    private TimeSpan before;

    private ServerCost(params Process[] processes) => this.processes = processes;

    /// <summary>The meter of several processes together, the nodes of one contact centre for instance.</summary>
    public static ServerCost OfAll(IEnumerable<int> pids) => new([.. pids.Select(Process.GetProcessById)]);

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
            foreach (var process in processes) process.Refresh();
            return processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);
        }
    }

    public void Start() => before = Total;

    /// <summary>What was spent since <see cref="Start"/>.</summary>
    public ServerSpent Stop()
    {
        return new ServerSpent(Total - before, processes.Sum(p => p.WorkingSet64), processes.Sum(p => p.PeakWorkingSet64));
    }
}

/// <summary>What a server spent.</summary>
/// <param name="Cpu">Processor time, user and system.</param>
/// <param name="Memory">Resident bytes at the end.</param>
/// <param name="PeakMemory">The most resident bytes since it started.</param>
internal sealed record ServerSpent(TimeSpan Cpu, long Memory, long PeakMemory);
