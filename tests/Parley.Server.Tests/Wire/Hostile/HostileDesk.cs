using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>
/// A server with every door open, an agent who takes one chat after another, and a service whose customers nobody serves.
/// Disposing it fails if the server logged an error.
/// </summary>
public sealed class HostileDesk : IAsyncLifetime
{
    private readonly LoggedErrors errors = new();

    internal StartedServer Server { get; private set; } = null!;

    internal AgentClient Agent { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    /// <summary>Where the log ends: the same as before if nothing was stored.</summary>
    internal async ValueTask<Cursor> Stored() => await Server.The<IEventLog>().NowAsync();

    public async ValueTask InitializeAsync()
    {
        Server = await StartedServer.Start(
            Center,
            builder => builder.Logging.AddProvider(errors),
            [
                .. TestSettings.WithoutRateLimits.Select(s => s[2..]), "Parley:Customers:GwsService=strangers",
                "Parley:GmsCometd:PublishesPerSecond=10000", "Parley:GmsCometd:BatchMs=0",
            ]);
        Http = new HttpClient { BaseAddress = Server.Address, Timeout = Eventually.Patience };
        Agent = new AgentClient(Server.Address, "ana", TestCenter.Password);
        (await Agent.Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
        (await Agent.Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        Http.Dispose();
        await Server.DisposeAsync();
        Assert.True(errors.All.Count == 0, $"The server logged errors:\n{string.Join('\n', errors.All)}");
    }

    /// <summary>The chat that the agent is offered next, accepted.</summary>
    internal async Task<string> Accept()
    {
        var chat = await Eventually.Get(
            async () => (await Agent.ReadChats()).FirstOrDefault(c => $"{c!["state"]}" == "Invited"),
            () => "no chat was offered");
        (await Agent.Do($"{chat["id"]}", "Accept")).Succeeded();
        return $"{chat["id"]}";
    }

    private static readonly string Center = $$"""
        {
          "name": "Test",
          "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ],
          "queues": [ { "name": "Support", "agents": [ "ana" ] }, { "name": "Nobody" } ],
          "services": [
            { "name": "customer-support", "queue": "Support", "typingPreview": true, "files": { "enabled": true } },
            { "name": "strangers", "queue": "Nobody", "typingPreview": true },
            { "name": "keyed", "queue": "Nobody", "apiKeys": [ "a-long-enough-key" ] }
          ]
        }
        """;
}
