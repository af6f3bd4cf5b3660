using System.Diagnostics;
using System.Globalization;

namespace Parley.Bench.Push;

/// <summary>
/// Measures again what was disturbed: when other programs took a part of the machine's cores, the same is played once more, and
/// of all attempts the least disturbed counts.
/// </summary>
/// <param name="most">How often at most.</param>
/// <param name="cost">The meter of the server under test, which is no disturbance.</param>
internal sealed class Attempts(int most, ServerCost cost)
{
    private const double Tolerated = 0.1;
    private const int TicksPerSecond = 100;

    /// <summary>How many figures were taken from a disturbed attempt, because there was no other.</summary>
    public int Disturbed { get; private set; }

    public T LeastDisturbed<T>(Func<T> play)
    {
        var (least, figures) = (double.PositiveInfinity, default(T)!);
        for (var attempt = 0; attempt < most && least > Tolerated; attempt++)
        {
            var before = TimeOfOthers();
            var start = Stopwatch.GetTimestamp();
            var played = play();
            var others = (TimeOfOthers() - before) / Stopwatch.GetElapsedTime(start);
            if (others < least) (least, figures) = (others, played);
        }
        if (least > Tolerated) Disturbed++;
        return figures;
    }

    private TimeSpan TimeOfOthers() => TimeOfAll() - cost.Total - Environment.CpuUsage.TotalTime;

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
