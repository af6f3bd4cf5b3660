namespace Parley.Simulator.Sizing;

/// <summary>What the server has used so far, of its own account.</summary>
/// <param name="CpuSeconds">Processor time since its start.</param>
/// <param name="Megabytes">Memory at present.</param>
/// <param name="Requests">What the simulation had asked of it by then.</param>
internal sealed record ServerReading(double CpuSeconds, double Megabytes, long Requests);

/// <summary>What the server uses, from readings in the order of time.</summary>
/// <param name="CpuSecondsPerRequest">
/// Processor time, from the middle of the readings on: in the first half a server that was just started is still warming up.
/// </param>
/// <param name="MegabytesBefore">Memory at the first reading.</param>
/// <param name="MostMegabytes">The most memory of all readings.</param>
internal sealed record ServerCost(double CpuSecondsPerRequest, double MegabytesBefore, double MostMegabytes)
{
    private const int FewestReadings = 3;

    /// <summary>Null if there are too few readings to say.</summary>
    public static ServerCost? Of(IReadOnlyList<ServerReading> readings)
    {
        if (readings.Count < FewestReadings) return null;
        var (middle, last) = (readings[readings.Count / 2], readings[^1]);
        var requests = last.Requests - middle.Requests;
        return requests <= 0 ? null : new(
            Math.Max(0, last.CpuSeconds - middle.CpuSeconds) / requests, readings[0].Megabytes, readings.Max(r => r.Megabytes));
    }
}
