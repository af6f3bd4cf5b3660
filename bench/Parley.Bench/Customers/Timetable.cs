using System.Diagnostics;

namespace Parley.Bench.Customers;

/// <summary>When which customer polls and speaks: both spread evenly over the time and over the customers.</summary>
internal sealed class Timetable(
    Doors doors, PollingCustomer[] pollers, TimeSpan pollEvery, WaitingCustomer[] speakers, double saysPerSecond)
{
    private readonly Turns polls = new(pollers.Length / pollEvery.TotalSeconds);
    private readonly Turns says = new(speakers.Length == 0 ? 0 : saysPerSecond);

    /// <summary>Plays on for a while; what is late is still done, and counted from when it was due.</summary>
    public void Run(TimeSpan time)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var now = 0L; now < end; now = Stopwatch.GetTimestamp())
        {
            while (polls.Due <= now)
            {
                pollers[polls.Number % pollers.Length].Poll(polls.Due);
                polls.Next();
            }
            while (says.Due <= now)
            {
                speakers[says.Number % speakers.Length].Say(says.Due);
                says.Next();
            }
            doors.Loop.RunOnce(Math.Min(end, Math.Min(polls.Due, says.Due)));
        }
    }

    /// <summary>Moments at the same distance from each other, counted from 0.</summary>
    private sealed class Turns(double perSecond)
    {
        private readonly long start = Stopwatch.GetTimestamp();

        public long Number { get; private set; }

        /// <summary>A <see cref="Stopwatch"/> timestamp; never, if there are no turns.</summary>
        public long Due => perSecond == 0 ? long.MaxValue : start + (long)(Number / perSecond * Stopwatch.Frequency);

        public void Next() => Number++;
    }
}
