using System.Buffers;

namespace Parley.Bayeux;

/// <summary>
/// A first-in first-out queue of events on a rented array; empty, it owns none. At its front may stay events that were sent and
/// still wait to be acknowledged.
/// </summary>
internal struct EventQueue(Backlog backlog)
{
    private BayeuxEvent?[]? ring;
    private int head;
    private int urgent;

    public int Count { get; private set; }

    /// <summary>The size of all events in it.</summary>
    public int Bytes { get; private set; }

    /// <summary>How many at the front were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How many at the front were sent, or chosen to leave.</summary>
    public int Chosen { get; private set; }

    public readonly int Waiting => Count - Sent;

    /// <summary>True if an event waits that is not lazy.</summary>
    public readonly bool IsUrgent => urgent > 0;

    public readonly BayeuxEvent this[int index] => ring![(head + index) % ring.Length]!;

    public void Add(BayeuxEvent e)
    {
        Grow();
        ring![(head + Count) % ring.Length] = e;
        Count++;
        CountIn(e);
        if (e.Laziness is null) urgent++;
    }

    /// <summary>Puts an event back that was taken from the front of a queue in which none was marked as sent.</summary>
    public void PutBack(BayeuxEvent e)
    {
        Grow();
        head = (head + ring!.Length - 1) % ring.Length;
        ring[head] = e;
        Count++;
        Chosen++;
        CountIn(e);
        if (e.Laziness is null) urgent++;
    }

    public BayeuxEvent Take()
    {
        var e = ring![head]!;
        ring[head] = null;
        head = (head + 1) % ring.Length;
        Count--;
        CountOut(e);
        if (Chosen > 0) Chosen--;
        if (Sent > 0) Sent--;
        else if (e.Laziness is null) urgent--;
        if (Count == 0) Clear();
        return e;
    }

    /// <summary>How many at the front fit into <paramref name="maxBytes"/>, and at least one.</summary>
    public readonly int CountOfFirst(int maxBytes)
    {
        if (Bytes <= maxBytes) return Count;

        var (count, bytes) = (1, this[0].Length);
        while (count < Count && bytes + this[count].Length <= maxBytes) bytes += this[count++].Length;
        return count;
    }

    /// <summary>Marks as sent what is at the front, up to <paramref name="count"/> events.</summary>
    public void MarkSent(int count)
    {
        for (; Sent < count; Sent++)
        {
            if (this[Sent].Laziness is null) urgent--;
        }
        Chosen = Math.Max(Chosen, Sent);
    }

    /// <summary>Has those that are not chosen yet replaced by a choice of them, or by others.</summary>
    public void Choose(Func<IReadOnlyList<BayeuxEvent>, IReadOnlyList<BayeuxEvent>> choose)
    {
        if (Chosen == Count) return;
        Replace(Chosen, choose(From(Chosen)));
        Chosen = Count;
    }

    /// <summary>Drops such events as were not sent.</summary>
    public void Remove(Func<BayeuxEvent, bool> isUnwanted)
    {
        var (wanted, chosen) = (new List<BayeuxEvent>(), Sent);
        for (var i = Sent; i < Count; i++)
        {
            if (isUnwanted(this[i])) continue;
            wanted.Add(this[i]);
            if (i < Chosen) chosen++;
        }
        Replace(Sent, wanted);
        Chosen = chosen;
    }

    public void Clear()
    {
        for (var i = 0; i < Count; i++) backlog.Removed(this[i]);
        if (ring is not null) ArrayPool<BayeuxEvent?>.Shared.Return(ring, clearArray: Count > 0);
        this = new EventQueue(backlog);
    }

    private readonly List<BayeuxEvent> From(int start)
    {
        var events = new List<BayeuxEvent>(Count - start);
        for (var i = start; i < Count; i++) events.Add(this[i]);
        return events;
    }

    private void Replace(int start, IReadOnlyList<BayeuxEvent> events)
    {
        for (; Count > start; Count--)
        {
            ref var last = ref ring![(head + Count - 1) % ring.Length];
            CountOut(last!);
            if (last!.Laziness is null) urgent--;
            last = null;
        }
        if (Count == 0) Clear();
        foreach (var e in events) Add(e);
    }

    private void CountIn(BayeuxEvent e)
    {
        Bytes += e.Length;
        backlog.Added(e);
    }

    private void CountOut(BayeuxEvent e)
    {
        Bytes -= e.Length;
        backlog.Removed(e);
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

/// <summary>Events of a session's queue on their way to its client.</summary>
internal struct TakenEvents : IDisposable
{
    private BayeuxEvent?[]? rented;
    private bool areKept;

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
        while (queue.Count > 0 && (taken.Count == 0 || taken.Bytes + queue[0].Length <= maxBytes))
        {
            taken.rented ??= ArrayPool<BayeuxEvent?>.Shared.Rent(queue.Count);
            taken.Add(queue.Take());
        }
        taken.LeftSome = queue.Count > 0;
        return taken;
    }

    /// <summary>Copies the first <paramref name="count"/> events, which stay in the queue as sent.</summary>
    public static TakenEvents CopyOf(ref EventQueue queue, int count)
    {
        var taken = new TakenEvents { areKept = true };
        if (count == 0) return taken;

        taken.rented = ArrayPool<BayeuxEvent?>.Shared.Rent(count);
        for (var i = 0; i < count; i++) taken.Add(queue[i]);
        queue.MarkSent(count);
        return taken;
    }

    /// <summary>They could not be written: those that left the queue go back to its front.</summary>
    public readonly void PutBackInto(ref EventQueue queue)
    {
        if (areKept) return;
        for (var i = Count - 1; i >= 0; i--) queue.PutBack(rented![i]!);
    }

    /// <summary>The end of the run of events from <paramref name="start"/> on that fits into <paramref name="maxBytes"/>.</summary>
    public readonly int EndOfRun(int start, int maxBytes)
    {
        var (end, bytes) = (start, 0);
        while (end < Count && (end == start || bytes + this[end].Length <= maxBytes)) bytes += this[end++].Length;
        return end;
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

    private void Add(BayeuxEvent e)
    {
        rented![Count++] = e;
        Bytes += e.Length;
    }
}
