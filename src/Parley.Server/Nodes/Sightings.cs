using System.Collections.Concurrent;
using Parley.Log;

namespace Parley.Server.Nodes;

/// <summary>
/// Whom this node sees, told to the other nodes every now and then, so that nobody is taken for gone who is with another. A process
/// that has its log to itself tells nobody.
/// </summary>
internal sealed class Sightings(IEventLog log, INodeBoard board, NodeOptions options) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(21);

    private readonly ConcurrentDictionary<string, byte> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Func<IEnumerable<string>>> present = [];

    /// <summary>Somebody was seen just now.</summary>
    public void Saw(string who)
    {
        if (log.IsShared) seen.TryAdd(who, 0);
    }

    /// <summary>Adds a source of those who are connected to this node.</summary>
    public void Include(Func<IEnumerable<string>> connected) => present.Add(connected);

    /// <summary>How long ago another node saw somebody; null if none has since this one did.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<TimeSpan?> Elsewhere(string who) => log.IsShared ? await board.SeenElsewhereAsync(who) : null;

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
                if ((forgotten -= options.Sightings) > TimeSpan.Zero) continue;
                await board.ForgetSeenAsync(Kept, stoppingToken);
                forgotten = TimeSpan.FromHours(1);
            }
            catch (LogUnavailableException)
            {
                // told again next time
            }
        }
    }

    private async Task Tell(CancellationToken cancel)
    {
        string[] told = [.. seen.Keys];
        await board.SawAsync([.. told, .. present.SelectMany(connected => connected())], cancel);
        foreach (var who in told) seen.TryRemove(who, out _);
    }
}
