using System.Net;

namespace Parley.Bayeux;

/// <summary>The live sessions by principal and by network address, and the limits on their numbers.</summary>
internal sealed class SessionCounts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Household> byPrincipal = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, int> byNetwork = [];
    private volatile int total;

    public int Total => total;

    public BayeuxSession[] SessionsOf(string principal)
    {
        lock (gate) return byPrincipal.TryGetValue(principal, out var household) ? [.. household.Sessions] : [];
    }

    public bool TryAdd(BayeuxSession session, BayeuxOptions limits, long now)
    {
        lock (gate)
        {
            var household = byPrincipal.GetValueOrDefault(session.Principal) ?? new Household(limits.PublishesPerPrincipal, now);
            var network = ClientNetwork.Of(session.Address);
            var neighbours = byNetwork.GetValueOrDefault(network);
            if (total >= limits.MaxSessions || household.Sessions.Count >= limits.MaxSessionsPerPrincipal
                || neighbours >= limits.MaxSessionsPerAddress) return false;

            household.Sessions.Add(session);
            session.Household = byPrincipal[session.Principal] = household;
            byNetwork[network] = neighbours + 1;
            total++;
            return true;
        }
    }

    public void Remove(BayeuxSession session)
    {
        lock (gate)
        {
            session.Household.Sessions.Remove(session);
            if (session.Household.Sessions.Count == 0) byPrincipal.Remove(session.Principal);

            var network = ClientNetwork.Of(session.Address);
            if (--byNetwork[network] == 0) byNetwork.Remove(network);
            total--;
        }
    }
}

/// <summary>All sessions of one principal, oldest first, and what they may publish together.</summary>
internal sealed class Household(RateLimit publishes, long now)
{
    private readonly Lock gate = new();
    private Allowance allowance = new(publishes, now);

    public List<BayeuxSession> Sessions { get; } = [];

    public bool TrySpendPublish(RateLimit limit, long now)
    {
        lock (gate) return allowance.TrySpend(limit, now);
    }
}
