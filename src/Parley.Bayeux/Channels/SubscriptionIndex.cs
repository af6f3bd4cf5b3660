using System.Collections.Concurrent;

namespace Parley.Bayeux;

/// <summary>Who subscribed to which channel or pattern. Reading is free of locks until somebody subscribed or left.</summary>
internal sealed class SubscriptionIndex
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Subscribers> channels = new(StringComparer.Ordinal);

    /// <summary>The sessions subscribed to exactly this name, at this moment.</summary>
    public ReadOnlySpan<BayeuxSession> Of(string channel)
    {
        if (!channels.TryGetValue(channel, out var subscribers)) return [];
        if (subscribers.Snapshot is { } snapshot) return snapshot;

        lock (gate) return subscribers.Snapshot ??= [.. subscribers.Sessions];
    }

    /// <summary>True if anybody is subscribed to exactly this name; unlike <see cref="Of"/> it never gathers who.</summary>
    public bool Has(string channel) => channels.ContainsKey(channel);

    public void Add(string channel, BayeuxSession session)
    {
        lock (gate)
        {
            var subscribers = channels.GetOrAdd(channel, static _ => new Subscribers());
            if (subscribers.Sessions.Add(session)) subscribers.Snapshot = null;
        }
    }

    public void Remove(string channel, BayeuxSession session)
    {
        lock (gate)
        {
            if (!channels.TryGetValue(channel, out var subscribers) || !subscribers.Sessions.Remove(session)) return;
            subscribers.Snapshot = null;
            if (subscribers.Sessions.Count == 0) channels.TryRemove(channel, out _);
        }
    }

    private sealed class Subscribers
    {
        private volatile BayeuxSession[]? snapshot;

        public HashSet<BayeuxSession> Sessions { get; } = [];

        public BayeuxSession[]? Snapshot
        {
            get => snapshot;
            set => snapshot = value;
        }
    }
}
