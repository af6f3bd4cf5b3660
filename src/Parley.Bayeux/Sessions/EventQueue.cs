namespace Parley.Bayeux;

/// <summary>
/// A first-in first-out queue of events. At its front may stay events that were sent and still wait to be acknowledged.
/// </summary>
internal struct EventQueue(Backlog backlog)
{
    private EventRing events;
    private int urgent;
    private bool isReleased;

    public readonly int Count => events.Count;

    /// <summary>The size of all events in it.</summary>
    public int Bytes { get; private set; }

    /// <summary>How many at the front were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How many at the front were sent, or chosen to leave.</summary>
    public int Chosen { get; private set; }

    public readonly int Waiting => Count - Sent;

    /// <summary>True if an event waits that is not lazy.</summary>
    public readonly bool IsUrgent => urgent > 0;

    public readonly BayeuxEvent this[int index] => events[index];

    public void Add(BayeuxEvent e)
    {
        events.AddLast(e);
        CountIn(e);
        if (e.Laziness is null) urgent++;
    }

    /// <summary>Puts an event back that was taken from the front of a queue in which none was marked as sent.</summary>
    public void PutBack(BayeuxEvent e)
    {
        events.AddFirst(e);
        Chosen++;
        CountIn(e);
        if (e.Laziness is null) urgent++;
    }

    public BayeuxEvent Take()
    {
        var e = events.RemoveFirst();
        CountOut(e);
        if (Chosen > 0) Chosen--;
        if (Sent > 0) Sent--;
        else if (e.Laziness is null) urgent--;
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
        var choice = choose(From(Chosen));
        if (choice is null || choice.Contains(null!))
            throw new InvalidOperationException("A choice of events has no null in it.");
        Replace(Chosen, choice);
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

    /// <summary>Drops everything, for good.</summary>
    public void Clear()
    {
        Release();
        events.Clear();
        this = new EventQueue(backlog) { isReleased = true };
    }

    /// <summary>Has the queue no longer count as backlog: its session ended, and what is in it may be sent or not.</summary>
    public void Release()
    {
        if (isReleased) return;
        for (var i = 0; i < Count; i++) backlog.Removed(this[i]);
        isReleased = true;
    }

    private readonly List<BayeuxEvent> From(int start)
    {
        var list = new List<BayeuxEvent>(Count - start);
        for (var i = start; i < Count; i++) list.Add(this[i]);
        return list;
    }

    private void Replace(int start, IReadOnlyList<BayeuxEvent> others)
    {
        while (Count > start)
        {
            var last = events.RemoveLast();
            CountOut(last);
            if (last.Laziness is null) urgent--;
        }
        foreach (var e in others) Add(e);
    }

    private void CountIn(BayeuxEvent e)
    {
        Bytes += e.Length;
        if (!isReleased) backlog.Added(e);
    }

    private void CountOut(BayeuxEvent e)
    {
        Bytes -= e.Length;
        if (!isReleased) backlog.Removed(e);
    }
}
