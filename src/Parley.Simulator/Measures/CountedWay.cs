using System.Text.Json.Nodes;
using Parley.Client;

namespace Parley.Simulator.Measures;

/// <summary>
/// A way for Bayeux payloads on which the protocol's own messages count as requests; what is published counts with whoever
/// publishes it.
/// </summary>
internal sealed class CountedWay(IBayeuxWay way, Meter meter) : IBayeuxWay
{
    public string Name => way.Name;

    public Task OpenAsync(Action<JsonArray> read, CancellationToken cancel) => way.OpenAsync(read, cancel);

    public Task SendAsync(JsonArray payload, CancellationToken cancel)
    {
        if ($"{payload[0]?["channel"]}".StartsWith("/meta/", StringComparison.Ordinal)) meter.CountRequest();
        return way.SendAsync(payload, cancel);
    }

    public ValueTask DisposeAsync() => way.DisposeAsync();
}
