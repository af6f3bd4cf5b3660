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
    }
}
