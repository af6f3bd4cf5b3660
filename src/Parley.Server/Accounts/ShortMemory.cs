using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Accounts;

/// <summary>Remembers a bounded number of things for a fixed time each; when full, the oldest is forgotten.</summary>
internal sealed class ShortMemory<TKey, TValue>(int capacity, TimeSpan lifetime, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> oldestFirst = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            ForgetExpired();
            var known = entries.TryGetValue(key, out var node);
            value = known ? node!.Value.Value : default;
            return known;
        }
    }

    /// <summary>Begins the time of what is remembered anew.</summary>
    public void Renew(TKey key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var node)) return;
            oldestFirst.Remove(node);
            entries[key] = oldestFirst.AddLast(node.Value with { Since = time.GetTimestamp() });
        }
    }

    /// <summary>When the thing will be forgotten; null if it is not remembered.</summary>
    public TimeSpan? TimeLeft(TKey key)
    {
        lock (gate)
        {
            ForgetExpired();
            return entries.TryGetValue(key, out var node) ? lifetime - time.GetElapsedTime(node.Value.Since) : null;
        }
    }

    /// <summary>Changes what is remembered, keeping its age, or begins with <paramref name="first"/>.</summary>
    public void Put(TKey key, TValue first, Func<TValue, TValue> next)
    {
        lock (gate)
        {
            ForgetExpired();
            if (entries.TryGetValue(key, out var node))
            {
                node.ValueRef = node.Value with { Value = next(node.Value.Value) };
                return;
            }
            if (entries.Count == capacity) ForgetOldest();
            entries[key] = oldestFirst.AddLast(new Entry(key, first, time.GetTimestamp()));
        }
    }

    public void Forget(TKey key)
    {
        lock (gate)
        {
            if (entries.Remove(key, out var node)) oldestFirst.Remove(node);
        }
    }

    private void ForgetExpired()
    {
        while (oldestFirst.First is { } oldest && time.GetElapsedTime(oldest.Value.Since) >= lifetime) ForgetOldest();
    }

    private void ForgetOldest()
    {
        entries.Remove(oldestFirst.First!.Value.Key);
        oldestFirst.RemoveFirst();
    }

    private readonly record struct Entry(TKey Key, TValue Value, long Since);
}
