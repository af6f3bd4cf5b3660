using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Parley.Log;
using Parley.Log.Postgres;

namespace Parley.Server.Nodes;

/// <summary>What makes several processes on one database one contact centre.</summary>
internal static class NodesSetup
{
    public static void AddNodes(this WebApplicationBuilder builder)
    {
        builder.AddSettings<NodeOptions>("Node");
        builder.Services.AddSingleton<INodeBoard>(s =>
            s.GetRequiredService<IEventLog>() is PostgresEventLog shared ? shared.Board : new LoneNode());
        builder.Services.AddSingleton<Freshness>();
        builder.Services.AddSingleton<Claim>();
        builder.Services.AddSingleton<Sightings>();
        builder.Services.AddSingleton<Drain>();
        // signals ask for the drain first
        builder.Services.AddSingleton<IHostLifetime>(s => new ConsoleLifetime(
            s.GetRequiredService<IOptions<ConsoleLifetimeOptions>>(), s.GetRequiredService<IHostEnvironment>(),
            s.GetRequiredService<Drain>(), s.GetRequiredService<IOptions<HostOptions>>(), s.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>Refuses a start where somebody could be given up before another node has said that it sees them.</summary>
    /// <param name="setting">Where it is set how long they are waited for.</param>
    public static void DemandSightingsWithin(this WebApplicationBuilder builder, string setting, TimeSpan patience)
    {
        var (data, node) = (builder.SettingsOf<DataOptions>(), builder.SettingsOf<NodeOptions>());
        if (data.Postgres.Length == 0 || patience >= Sightings.Belated * node.Sightings) return;
        SetupErrors.Of(builder).Add(
            $"{setting}: must be at least {Sightings.Belated} times Parley:Node:SightingsMs, "
            + "or who is with one node is gone for another.");
    }
}
