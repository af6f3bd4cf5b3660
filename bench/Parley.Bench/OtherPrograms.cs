using System.Diagnostics;
using System.Globalization;

namespace Parley.Bench;

/// <summary>What programs beside the generator and the server take of this Linux machine, from now on.</summary>
internal sealed class OtherPrograms
{
    private const int TicksPerSecond = 100;

    private readonly ServerCost server;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly TimeSpan before;

    public OtherPrograms(ServerCost server)
    {
        this.server = server;
        before = Time();
    }

    /// <summary>How many cores they took on average.</summary>
    public double Cores() => (Time() - before) / Stopwatch.GetElapsedTime(start);

    private TimeSpan Time() => TimeOfAll() - server.Total - Environment.CpuUsage.TotalTime;

    // user, nice and system of all processes, and what the host of a virtual machine took; not the interrupts, for those of
    // the loopback interface are the servers' and the generator's own
    private static TimeSpan TimeOfAll()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] counted = [1, 2, 3, 8];
        var ticks = counted.Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
