namespace Parley.Server.Hosting;

/// <summary>
/// What must be done and nobody waits for. One that comes to nothing is looked at again in a while, and a bug in one is logged:
/// neither ends anything else.
/// </summary>
internal sealed partial class Duties(TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Duties> logger)
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Does a duty; the task never fails, so that it may be left alone.</summary>
    /// <param name="duty">What is to be done; whether it is through with.</param>
    /// <param name="lookAgain">Plans another look at this time, which decides by the state found then.</param>
    public async Task Do(Func<Task<bool>> duty, Action<DateTimeOffset> lookAgain)
    {
        try
        {
            if (await duty()) return;
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return; // what is left is found at the next start
        }
#pragma warning disable CA1031 // whatever a bug throws
        catch (Exception e)
#pragma warning restore CA1031
        {
            DutyFailed(e);
        }
        lookAgain(time.GetUtcNow() + RetryAfter);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A duty failed and is looked at again")]
    private partial void DutyFailed(Exception e);
}
