namespace Parley.Server.Hosting;

/// <summary>The server's time: that of the system as long as it runs evenly, and never a leap.</summary>
/// <remarks>
/// A system's clock is set, by hand or over the network, and a machine that was suspended wakes up later. Deadlines, presence and
/// the order of what was said must not follow such a leap: agents would be gone who are there, and answers come before
/// questions. So
/// time goes on from where it was, a tenth faster or slower, until it agrees with the system's clock again.
/// </remarks>
internal sealed class SteadyTime : TimeProvider
{
    /// <summary>How much of the time that passes is made up for a leap: a leap of an hour is made up for in ten.</summary>
    private const int Share = 10;

    /// <summary>How many times the two clocks are read until nothing came in between.</summary>
    private const int Tries = 3;

    /// <summary>Two readings that are no further apart were made together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider system;
    private readonly Lock gate = new();
    private DateTimeOffset now;
    private long read;

    public SteadyTime(TimeProvider system)
    {
        this.system = system;
        (read, now) = ReadTogether();
    }

    /// <summary>How far the system's clock is ahead of this; negative if it is behind.</summary>
    public TimeSpan Lead => system.GetUtcNow() - GetUtcNow();

    public override long TimestampFrequency => system.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var (at, wall) = ReadTogether();
            var passed = system.GetElapsedTime(read, at);
            var most = passed / Share;
            var off = wall - (now + passed);
            now += passed + (off > most ? most : off < -most ? -most : off);
            read = at;
            return now;
        }
    }

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>Both clocks of the system at the same moment, as nearly as it can be had.</summary>
    private (long At, DateTimeOffset Wall) ReadTogether()
    {
        for (var left = Tries; ; left--)
        {
            var at = system.GetTimestamp();
            var wall = system.GetUtcNow();
            if (left == 0 || system.GetElapsedTime(at) < Together) return (at, wall);
        }
    }
}

/// <summary>Puts the steady time in the place of the system's.</summary>
internal static class SteadyTimeSetup
{
    /// <summary>Everybody who is given a clock is given the steady one, over whichever was registered.</summary>
    public static void AddSteadyTime(this IServiceCollection services)
    {
        var registered = services.LastOrDefault(s => s.ServiceType == typeof(TimeProvider))?.ImplementationInstance;
        services.AddSingleton(new SteadyTime(registered as TimeProvider ?? TimeProvider.System));
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<SteadyTime>());
        services.AddHostedService<ClockWatch>();
    }
}
