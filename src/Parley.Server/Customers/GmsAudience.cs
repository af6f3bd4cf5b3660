using System.Collections.Immutable;

namespace Parley.Server.Customers;

/// <summary>The sessions that hear of one chat, the one that has heard of it longest first.</summary>
internal sealed class GmsAudience
{
    private readonly Lock gate = new();
    private ImmutableList<GmsBinding> bindings = [];

    public IReadOnlyList<GmsBinding> Bindings => Volatile.Read(ref bindings);

    /// <summary>The last has left: nobody can come any more, and who wants to finds another.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Adds a session; false once this is over.</summary>
    public bool TryAdd(GmsBinding binding)
    {
        lock (gate)
        {
            if (IsOver) return false;
            bindings = bindings.Add(binding);
            return true;
        }
    }

    /// <summary>Removes a session; false if it was not here any more.</summary>
    public bool Remove(GmsBinding binding)
    {
        lock (gate)
        {
            var left = bindings.Remove(binding);
            if (left == bindings) return false;
            bindings = left;
            IsOver = left.IsEmpty;
            return true;
        }
    }

    /// <summary>Who has to make room where there are more than that; null if nobody has.</summary>
    public GmsBinding? Surplus(int most) => Bindings is { } all && all.Count > most ? all[0] : null;
}
