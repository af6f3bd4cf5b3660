using System.Net;
using System.Runtime.InteropServices;

namespace Parley.Bayeux;

/// <summary>What each network address may still handshake. An address that paused is forgotten.</summary>
internal sealed class HandshakeRates(RateLimit limit)
{
    private const int FirstSweep = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Allowance> allowances = [];
    private int sweepAt = FirstSweep;

    /// <summary>False if the address has made as many as it may for now.</summary>
    public bool TrySpend(IPAddress network, long now)
    {
        lock (gate)
        {
            if (allowances.Count >= sweepAt) Sweep(now);
            ref var allowance = ref CollectionsMarshal.GetValueRefOrAddDefault(allowances, network, out var isKnown);
            if (!isKnown) allowance = new Allowance(limit, now);
            return allowance.TrySpend(limit, now);
        }
    }

    private void Sweep(long now)
    {
        foreach (var (network, allowance) in allowances)
        {
            if (allowance.IsFull(limit, now)) allowances.Remove(network);
        }
        sweepAt = Math.Max(FirstSweep, allowances.Count * 2);
    }
}
