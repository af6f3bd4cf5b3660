namespace Parley.Bayeux;

/// <summary>The live sessions by principal and by network address, and the limits on their numbers.</summary>
internal sealed class SessionCounts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BayeuxSession[]> byPrincipal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byAddress = new(StringComparer.Ordinal);
    private volatile int total;

    public int Total => total;

    public BayeuxSession[] SessionsOf(string principal)
    {
        lock (gate) return byPrincipal.GetValueOrDefault(principal) ?? [];
    }

    public bool TryAdd(BayeuxSession session, BayeuxOptions limits)
    {
        lock (gate)
        {
            var siblings = byPrincipal.GetValueOrDefault(session.Principal) ?? [];
            var neighbours = byAddress.GetValueOrDefault(session.Owner.Address);
            if (total >= limits.MaxSessions || siblings.Length >= limits.MaxSessionsPerPrincipal
                || neighbours >= limits.MaxSessionsPerAddress) return false;

            byPrincipal[session.Principal] = [.. siblings, session];
            byAddress[session.Owner.Address] = neighbours + 1;
            total++;
            return true;
        }
    }

    public void Remove(BayeuxSession session)
    {
        lock (gate)
        {
            var left = Array.FindAll(byPrincipal[session.Principal], other => !ReferenceEquals(other, session));
            if (left.Length > 0) byPrincipal[session.Principal] = left;
            else byPrincipal.Remove(session.Principal);

            if (--byAddress[session.Owner.Address] == 0) byAddress.Remove(session.Owner.Address);
            total--;
        }
    }
}
