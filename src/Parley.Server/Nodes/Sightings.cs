using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Log;

namespace Parley.Server.Nodes;

/// <summary>
/// Whom this node sees, told to the other nodes every now and then, so that nobody is taken for gone who is with another. A
/// process that has its log to itself tells nobody.
/// </summary>
internal sealed class Sightings(IEventLog log, INodeBoard board, NodeOptions options) : BackgroundService
{
    /// <summary>After so many rounds without a word everybody is told of whom another node sees.</summary>
    public const int Belated = 3;

    private const string NodeItself = "node";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(21);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, byte> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Func<IEnumerable<string>>> present = [];

    // at the start everybody has the time anew, so that the nodes' first words to each other come before it is up
    private long unbrokenSince;

    /// <summary>Whether there may be other nodes.</summary>
    public bool AreShared => log.IsShared;

    /// <summary>Somebody was seen just now.</summary>
    public void Saw(string who)
    {
        if (log.IsShared) seen.TryAdd(who, 0);
    }

    /// <summary>Adds a source of those who are connected to this node.</summary>
    public void Include(Func<IEnumerable<string>> connected) => present.Add(connected);

    /// <summary>
    /// How long ago another node saw somebody; null if none has since this one did. For a while after the nodes could not tell
    /// each other anything, everybody may just have been seen.
    /// </summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<TimeSpan?> Elsewhere(string who)
    {
        if (!log.IsShared) return null;
        var since = Interlocked.Read(ref unbrokenSince);
        var isTold = since != long.MaxValue && Stopwatch.GetElapsedTime(since) >= Belated * options.Sightings;
        return isTold ? await board.SeenElsewhereAsync(who) : TimeSpan.Zero;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!log.IsShared) return;
        var forgotten = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Sightings, stoppingToken);
            try
            {
                await Tell(stoppingToken);
                Interlocked.CompareExchange(ref unbrokenSince, Stopwatch.GetTimestamp(), long.MaxValue);
            }
#pragma warning disable CA1031 // told again next time, whatever it was
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Interlocked.Exchange(ref unbrokenSince, long.MaxValue);
            }
            if ((forgotten -= options.Sightings) > TimeSpan.Zero) continue;
            forgotten = ForgetEvery;
            await Forget(stoppingToken);
        }
    }

    /// <summary>Takes the long unseen off the board; those who are on it too long do no harm.</summary>
    private async Task Forget(CancellationToken cancel)
    {
        try
        {
            await board.ForgetSeenAsync(Kept, cancel);
        }
        catch (LogUnavailableException)
        {
            // in an hour, then
        }
    }

    private async Task Tell(CancellationToken cancel)
    {
        string[] told = [.. seen.Keys];
        // with nobody to tell of, it is asked all the same whether the board can be reached
        await board.SawAsync([NodeItself, .. told, .. present.SelectMany(connected => connected())], cancel);
        foreach (var who in told) seen.TryRemove(who, out _);
    }
}
