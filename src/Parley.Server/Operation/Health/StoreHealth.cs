using Parley.Log;

namespace Parley.Server.Operation.Health;

/// <summary>
/// Whether the log stores what it is given. While it does not, it is given something of its own from time to time, so that the
/// trouble is over as soon as its cause is, even if nobody asks for anything.
/// </summary>
internal sealed partial class StoreHealth(
    IEventLog log, TimeProvider time, HealthOptions options, ILogger<StoreHealth> logger) : IHealth, IDisposable
{
    /// <summary>The stream of what is stored to see whether it can be; nobody reads it.</summary>
    private const string Stream = "probe";

    private readonly Lock gate = new();
    private volatile Rejection? problem;
    private ITimer? timer;
    private bool isClosed;

    public string Part => "log";

    public Rejection? Problem() => problem;

    /// <summary>Something was stored, or could have been.</summary>
    public void Worked()
    {
        if (problem is null) return;
        lock (gate)
        {
            if (problem is null) return;
            problem = null;
        }
        Recovered();
    }

    /// <summary>Something could not be stored.</summary>
    public void Failed(LogUnavailableException e)
    {
        // the store works, only not as fast as it is asked
        if (e.Trouble == LogTrouble.TooManyWaiting) return;
        lock (gate)
        {
            var isNew = problem is null;
            problem = new Rejection(Reason.Unavailable, WordsOf(e.Trouble));
            if (!isNew || isClosed) return;
            timer ??= time.CreateTimer(_ => _ = Probe(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(options.ProbeEvery, Timeout.InfiniteTimeSpan);
        }
        CannotStore(e.Message);
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            timer?.Dispose();
        }
    }

    private async Task Probe()
    {
        try
        {
            if (problem is null) return;
            var nothing = new NewEvent("log-probed.1", "{}"u8.ToArray());
            var part = new StreamAppend(Stream, await log.VersionAsync(Stream), [nothing]);
            if (await log.AppendAsync(new Append(Guid.CreateVersion7().ToString("N"), [part])) == AppendOutcome.Stored) Worked();
        }
        catch (LogUnavailableException e)
        {
            Failed(e);
        }
#pragma warning disable CA1031 // whatever a bug throws, the next probe is due
        catch (Exception e)
#pragma warning restore CA1031
        {
            ProbeFailed(e);
        }
        lock (gate)
        {
            if (problem is not null && !isClosed) timer!.Change(options.ProbeEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private static string WordsOf(LogTrouble trouble) => "The log cannot store anything: " + trouble switch
    {
        LogTrouble.StoreFull => "its disk, or what it may use of it, is full.",
        LogTrouble.ReadOnly => "its database cannot be written.",
        LogTrouble.Damaged => "its database is damaged.",
        LogTrouble.Unreachable => "its database cannot be reached or is locked.",
        _ => "the server's own log says why.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The log cannot store anything: {Why}")]
    private partial void CannotStore(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log stores again")]
    private partial void Recovered();

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether the log stores again could not be tried")]
    private partial void ProbeFailed(Exception e);
}
