using System.Buffers;

namespace Parley.Bayeux;

/// <summary>A first-in first-out queue of events on a rented array; empty, it owns none.</summary>
internal struct EventQueue
{
    private BayeuxEvent?[]? ring;
    private int head;

    public int Count { get; private set; }

    /// <summary>The size of all events in it.</summary>
    public int Bytes { get; private set; }

    public void Add(BayeuxEvent e)
    {
        Grow();
        ring![(head + Count) % ring.Length] = e;
        Count++;
        Bytes += e.Length;
    }

    public void PutBack(BayeuxEvent e)
    {
        Grow();
        head = (head + ring!.Length - 1) % ring.Length;
        ring[head] = e;
        Count++;
        Bytes += e.Length;
    }

    public readonly BayeuxEvent Peek() => ring![head]!;

    public BayeuxEvent Take()
    {
        var e = ring![head]!;
        ring[head] = null;
        head = (head + 1) % ring.Length;
        Count--;
        Bytes -= e.Length;
        if (Count == 0) Clear();
        return e;
    }

    public void Clear()
    {
        if (ring is not null) ArrayPool<BayeuxEvent?>.Shared.Return(ring, clearArray: Count > 0);
        this = default;
    }

    private void Grow()
    {
        if (ring is not null && Count < ring.Length) return;

        var larger = ArrayPool<BayeuxEvent?>.Shared.Rent(Math.Max(16, Count * 2));
        for (var i = 0; i < Count; i++) larger[i] = ring![(head + i) % ring.Length];
        if (ring is not null) ArrayPool<BayeuxEvent?>.Shared.Return(ring, clearArray: true);
        ring = larger;
        head = 0;
    }
}

/// <summary>Events taken out of a session's queue to be written; they are put back if they cannot be.</summary>
internal struct TakenEvents : IDisposable
{
    private BayeuxEvent?[]? rented;

    public int Count { get; private set; }

    /// <summary>The size of all events in it.</summary>
    public int Bytes { get; private set; }

    /// <summary>True if more wait that did not fit.</summary>
    public bool LeftSome { get; private set; }

    public readonly BayeuxEvent this[int index] => rented![index]!;

    /// <summary>Takes from the queue's front as many as fit into <paramref name="maxBytes"/>, and at least one.</summary>
    public static TakenEvents From(ref EventQueue queue, int maxBytes)
    {
        var taken = default(TakenEvents);
        if (queue.Count == 0) return taken;

        taken.rented = ArrayPool<BayeuxEvent?>.Shared.Rent(queue.Count);
        while (queue.Count > 0 && (taken.Count == 0 || taken.Bytes + queue.Peek().Length <= maxBytes))
        {
            var e = queue.Take();
            taken.rented[taken.Count++] = e;
            taken.Bytes += e.Length;
        }
        taken.LeftSome = queue.Count > 0;
        return taken;
    }

    public readonly void PutBackInto(ref EventQueue queue)
    {
        for (var i = Count - 1; i >= 0; i--) queue.PutBack(rented![i]!);
    }

    public void Dispose()
    {
        if (rented is not null)
        {
            Array.Clear(rented, 0, Count);
            ArrayPool<BayeuxEvent?>.Shared.Return(rented);
        }
        this = default;
    }
}
