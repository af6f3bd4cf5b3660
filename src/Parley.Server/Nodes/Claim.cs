using System.Diagnostics;
using Parley.Log;
using Parley.Server.Operation.Health;

namespace Parley.Server.Nodes;

/// <summary>
/// Whether this node does what one node does for all: routing, timers, what is told to those who wait. It saves the others the
/// work; that nothing is done twice follows from the versions of streams.
/// </summary>
/// <remarks>The time is the machine's and the database's: a claim is between processes, and no test can own that clock.</remarks>
internal sealed partial class Claim(
    INodeBoard board, NodeOptions options, TailHealth tail, StoreHealth store, ILogger<Claim> logger) : BackgroundService
{
    private const string Work = "routing and timers";

    private long heldSince = long.MinValue;

    /// <summary>This node has got the work, which another had before.</summary>
    public event Action? Gained;

    public bool IsHeld
    {
        get
        {
            var since = Interlocked.Read(ref heldSince);
            return since != long.MinValue && (board is LoneNode || Stopwatch.GetElapsedTime(since) < options.Claim);
        }
    }

    /// <summary>After so long, what is overdue is done by whichever node notices.</summary>
    public TimeSpan Patience => 2 * options.Claim;

    /// <summary>Tries for the claim before anything is routed.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Renew(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!IsHeld) return;
        Interlocked.Exchange(ref heldSince, long.MinValue);
        try
        {
            await board.ReleaseAsync(Work, cancellationToken);
        }
        catch (Exception e) when (e is LogUnavailableException or OperationCanceledException)
        {
            // then it runs out
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (board is LoneNode) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Claim / 3, stoppingToken);
            await Renew(stoppingToken);
        }
    }

    private async Task Renew(CancellationToken cancel)
    {
        // who cannot follow what happens would route by what is no longer so; another node gets the work when it runs out
        if (tail.IsLost) return;
        try
        {
            var now = Stopwatch.GetTimestamp();
            var had = IsHeld;
            var has = await board.ClaimAsync(Work, options.Claim, cancel);
            Interlocked.Exchange(ref heldSince, has ? now : long.MinValue);
            if (has && !had)
            {
                Took();
                Gained?.Invoke();
            }
        }
        catch (LogUnavailableException e)
        {
            // the claim runs out by itself if this goes on, and whoever asks after this node's health is to know
            store.Failed(e);
        }
#pragma warning disable CA1031 // a bug here must not end the attempts
        catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RenewFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Who routes chats and keeps the timers could not be settled")]
    private partial void RenewFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "This node routes chats and keeps the timers now")]
    private partial void Took();
}
