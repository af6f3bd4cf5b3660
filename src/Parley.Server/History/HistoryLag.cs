using System.Diagnostics.Metrics;
using Parley.Server.Nodes;

namespace Parley.Server.History;

/// <summary>How far the history is behind the log, as the node knows that fills it; the others measure nothing.</summary>
internal sealed class HistoryLag(HistoryProgress progress, Freshness freshness, Claim claim)
{
    public IEnumerable<Measurement<long>> Measure() =>
        claim.IsHeld ? [new Measurement<long>(Math.Max(0, freshness.Position - progress.Position))] : [];
}
