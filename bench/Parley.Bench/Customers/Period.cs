using System.Diagnostics;

namespace Parley.Bench.Customers;

/// <summary>A measured period of a run: a timetable is played, and what it costs is watched.</summary>
/// <param name="Name">As the head of a column.</param>
/// <param name="Measures">What customers measured.</param>
/// <param name="Length">How long it was.</param>
/// <param name="Server">What the server spent.</param>
/// <param name="OwnCpu">Processor time of this program.</param>
/// <param name="OtherCores">What other programs took of the machine.</param>
internal sealed record Period(
    string Name, Measures Measures, TimeSpan Length, ServerSpent Server, TimeSpan OwnCpu, double OtherCores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Processor time of the server for each poll, if there was nothing else to do.</summary>
    public double MicrosPerPoll => Server.Cpu.TotalMicroseconds / Measures.Polls.Count;

    /// <summary>Plays, and waits for the last answers.</summary>
    public static Period Play(string name, Doors doors, Timetable timetable, ServerCost cost, CustomersOptions options)
    {
        timetable.Run(options.WarmUp);
        var start = Stopwatch.GetTimestamp();
        var measures = doors.Measures = new Measures(start);
        var others = new OtherPrograms(cost);
        var own = Environment.CpuUsage.TotalTime;
        cost.Start();
        timetable.Run(options.Measured);
        var spent = cost.Stop();
        var period = new Period(
            name, measures, Stopwatch.GetElapsedTime(start), spent, Environment.CpuUsage.TotalTime - own, others.Cores());
        doors.Loop.RunDown(() => doors.UnderWay, Patience);
        return period;
    }
}
