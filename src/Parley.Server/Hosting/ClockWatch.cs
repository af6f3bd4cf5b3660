namespace Parley.Server.Hosting;

/// <summary>
/// Says so when the system's clock was set and the server's own does not agree with it, and when it agrees again.
/// </summary>
internal sealed partial class ClockWatch(SteadyTime time, ILogger<ClockWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Notable = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var differed = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var lead = time.Lead;
            var differs = lead.Duration() > Notable;
            if (differs && !differed) Differ(lead);
            else if (differed && !differs) Agree();
            differed = differs;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The system's clock is {Lead} ahead of the server's, which does not leap: it makes up for that by a tenth of "
            + "the time that passes")]
    private partial void Differ(TimeSpan lead);

    [LoggerMessage(Level = LogLevel.Information, Message = "The system's clock and the server's agree again")]
    private partial void Agree();
}
