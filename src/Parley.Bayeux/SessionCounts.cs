using System.Net;
using System.Net.Sockets;

namespace Parley.Bayeux;

/// <summary>The live sessions by principal and by network address, and the limits on their numbers.</summary>
internal sealed class SessionCounts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BayeuxSession[]> byPrincipal = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, int> byNetwork = [];
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
            var network = NetworkOf(session);
            var neighbours = byNetwork.GetValueOrDefault(network);
            if (total >= limits.MaxSessions || siblings.Length >= limits.MaxSessionsPerPrincipal
                || neighbours >= limits.MaxSessionsPerAddress) return false;

            byPrincipal[session.Principal] = [.. siblings, session];
            byNetwork[network] = neighbours + 1;
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

            var network = NetworkOf(session);
            if (--byNetwork[network] == 0) byNetwork.Remove(network);
            total--;
        }
    }

    // Whoever has an IPv6 address has its whole network of 64 bits.
    private static IPAddress NetworkOf(BayeuxSession session)
    {
        if (!IPAddress.TryParse(session.Address, out var address)) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])
            : address;
    }
}
