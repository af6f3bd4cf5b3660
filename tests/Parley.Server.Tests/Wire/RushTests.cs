using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>500 customers at once for three agents: nobody has too many chats, nobody's chat is in two places or lost.</summary>
public sealed class RushTests
{
    private const int Customers = 500;
    private const int Capacity = 3;

    private readonly ConcurrentDictionary<string, string> servedBy = new();

    [Fact]
    public async Task Five_hundred_chats_at_once_never_exceed_capacity_and_each_is_served_by_exactly_one_agent()
    {
        await using var server = await RunningServer.Start();
        var agents = Enumerable.Range(1, 3).Select(server.Agent).ToArray();
        foreach (var agent in agents)
        {
            await agent.SignIn();
            await agent.GoReady();
        }

        var customers = await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => server.Customer($"Customer {i}")));
        await EveryChatWaitsOrHasOneAgent(agents, customers);

        await Task.WhenAll(agents.Select(ServeUntilAllAreServed));
        Assert.Equal(customers.Select(c => c.ChatId).Order(), servedBy.Keys.Order());
        foreach (var customer in customers) Assert.True(await customer.Refresh());

        foreach (var customer in customers) customer.Dispose();
        foreach (var agent in agents) await agent.DisposeAsync();
    }

    private static async Task EveryChatWaitsOrHasOneAgent(AgentClient[] agents, CustomerClient[] customers)
    {
        await Eventually.NoComplaint(async () => (await HeldBy(agents)).Count is var held && held == agents.Length * Capacity
            ? null
            : $"{held} chats are with agents");
        var with = await HeldBy(agents);
        Assert.Equal(with.Distinct(), with);
        Assert.Subset(customers.Select(c => c.ChatId).ToHashSet(), with.ToHashSet());
        Assert.Equal(Customers, customers.Select(c => c.ChatId).Distinct().Count());
        foreach (var customer in customers) Assert.False(await customer.Refresh());
    }

    private static async Task<IReadOnlyList<string>> HeldBy(AgentClient[] agents)
    {
        var held = new List<string>();
        foreach (var agent in agents) held.AddRange((await ReadWithinCapacity(agent)).Select(c => c["id"]!.GetValue<string>()));
        return held;
    }

    private static async Task<IReadOnlyList<JsonObject>> ReadWithinCapacity(AgentClient agent)
    {
        var chats = await agent.ReadChats();
        Assert.InRange(chats.Count, 0, Capacity);
        return [.. chats.Select(c => c!.AsObject())];
    }

    private async Task<string> Standstill(AgentClient agent) =>
        $"{servedBy.Count} of {Customers} were served; {agent.UserName} has {(await agent.ReadChats()).ToJsonString()} "
        + $"and {(await agent.Get("/api/v2/me/channels")).Body.ToJsonString()}, heard last {agent.Inbox.All[^1].ToJsonString()}";

    /// <summary>Accepts what is offered and completes it at once, looking at the list each time.</summary>
    private async Task ServeUntilAllAreServed(AgentClient agent)
    {
        while (servedBy.Count < Customers) await Eventually.NoComplaint(async () =>
        {
            var before = servedBy.Count;
            while (servedBy.Count < Customers && await ReadWithinCapacity(agent) is { Count: > 0 } chats)
                foreach (var chat in chats.Select(c => c["id"]!.GetValue<string>()))
                {
                    (await agent.Do(chat, "Accept")).Succeeded();
                    Assert.True(
                        servedBy.TryAdd(chat, agent.UserName),
                        $"{chat} was accepted by {agent.UserName} and by {servedBy[chat]}");
                    await ReadWithinCapacity(agent);
                    (await agent.Do(chat, "Complete")).Succeeded();
                }
            return servedBy.Count > before || servedBy.Count == Customers ? null : await Standstill(agent);
        });
    }
}
