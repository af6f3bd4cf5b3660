using System.Buffers;

namespace Parley.Bayeux;

/// <summary>
/// Events in a row that grows and shrinks at both ends. One event needs no array; more are kept in a rented one.
/// </summary>
internal struct EventRing
{
    private BayeuxEvent? only;
    private BayeuxEvent?[]? ring;
    private int head;

    public int Count { get; private set; }

    public readonly BayeuxEvent this[int index] => ring is null ? only! : ring[(head + index) % ring.Length]!;

    public void AddLast(BayeuxEvent e)
    {
        if (Count == 0) only = e;
        else Array()[(head + Count) % ring!.Length] = e;
        Count++;
    }

    public void AddFirst(BayeuxEvent e)
    {
        if (Count == 0)
        {
            only = e;
        }
        else
        {
            var array = Array();
            head = (head + array.Length - 1) % array.Length;
            array[head] = e;
        }
        Count++;
    }

    public BayeuxEvent RemoveFirst()
    {
        var e = this[0];
        if (ring is not null)
        {
            ring[head] = null;
            head = (head + 1) % ring.Length;
        }
        if (--Count == 0) Clear();
        return e;
    }

    public BayeuxEvent RemoveLast()
    {
        var e = this[Count - 1];
        if (ring is not null) ring[(head + Count - 1) % ring.Length] = null;
        if (--Count == 0) Clear();
        return e;
    }

    public void Clear()
    {
        if (ring is not null) ArrayPool<BayeuxEvent?>.Shared.Return(ring, clearArray: Count > 0);
        this = default;
    }

    // Room for one more than there are.
    private BayeuxEvent?[] Array()
    {
        if (ring is not null && Count < ring.Length) return ring;

        var larger = ArrayPool<BayeuxEvent?>.Shared.Rent(Math.Max(16, Count * 2));
        for (var i = 0; i < Count; i++) larger[i] = this[i];
        if (ring is not null) ArrayPool<BayeuxEvent?>.Shared.Return(ring, clearArray: true);
        (ring, only, head) = (larger, null, 0);
        return larger;
    }
}
