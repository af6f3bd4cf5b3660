namespace Parley.Bayeux;

/// <summary>Events of a session's queue on their way to its client.</summary>
internal struct TakenEvents : IDisposable
{
    private EventRing events;
    private bool areKept;

    public readonly int Count => events.Count;

    /// <summary>The size of all events in it.</summary>
    public int Bytes { get; private set; }

    /// <summary>True if more wait that did not fit.</summary>
    public bool LeftSome { get; private set; }

    public readonly BayeuxEvent this[int index] => events[index];

    /// <summary>Takes from the queue's front as many as fit into <paramref name="maxBytes"/>, and at least one.</summary>
    public static TakenEvents From(ref EventQueue queue, int maxBytes)
    {
        var taken = default(TakenEvents);
        while (queue.Count > 0 && (taken.Count == 0 || taken.Bytes + queue[0].Length <= maxBytes)) taken.Add(queue.Take());
        taken.LeftSome = queue.Count > 0;
        return taken;
    }

    /// <summary>Copies the first <paramref name="count"/> events, which stay in the queue as sent.</summary>
    public static TakenEvents CopyOf(ref EventQueue queue, int count)
    {
        var taken = new TakenEvents { areKept = true };
        for (var i = 0; i < count; i++) taken.Add(queue[i]);
        queue.MarkSent(count);
        return taken;
    }

    /// <summary>They could not be written: those that left the queue go back to its front.</summary>
    public readonly void PutBackInto(ref EventQueue queue)
    {
        if (areKept) return;
        for (var i = Count - 1; i >= 0; i--) queue.PutBack(this[i]);
    }

    public void Dispose()
    {
        events.Clear();
        this = default;
    }

    private void Add(BayeuxEvent e)
    {
        events.AddLast(e);
        Bytes += e.Length;
    }
}
