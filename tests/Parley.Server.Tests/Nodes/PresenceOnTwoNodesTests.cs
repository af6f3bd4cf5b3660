using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Nodes;

/// <summary>Who is with one node is there for the other.</summary>
public sealed class PresenceOnTwoNodesTests
{
    private static readonly string[] Graces =
    [
        "--Parley:Routing:DisappearanceGraceMs=60000", "--Parley:Routing:SilenceWithoutNotificationsMs=60000",
        "--Parley:Node:SightingsMs=100",
    ];

    [Fact]
    public async Task An_agent_who_only_listens_at_one_node_is_not_taken_for_gone_by_the_other()
    {
        var clock = new ManualTime();
        await using var nodes = await NodePair.StartWith(clock, Graces);
        await using var agent = nodes.One.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        await using var other = nodes.Two.Agent(2);

        // the other node, which does not keep the timers, looks two minutes after the one that does
        for (var second = 0; second < 240; second += 5)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            (await other.Get("/api/v2/me")).Succeeded();
        }

        using var customer = await nodes.Two.Customer("Ada");
        Assert.Equal(customer.ChatId, await agent.AcceptNext());
    }
}
