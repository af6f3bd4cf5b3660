using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// A customer who comes again meets the agent who wanted to be remembered, and somebody else when that one is away.
/// </summary>
public sealed class LastAgentTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private AgentClient bob = null!;
    private AgentClient carol = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        (bob, carol) = (server.Agent(1), server.Agent(2));
        await carol.SignIn();
        await carol.GoReady(); // idle for longer than Bob from here on
        await bob.SignIn();
        await bob.GoReady();
    }

    public async ValueTask DisposeAsync()
    {
        await bob.DisposeAsync();
        await carol.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("Accept", true)]
    [InlineData("Complete", true)]
    [InlineData("Complete", "true")]
    public async Task The_contact_meets_the_same_agent_again(string operation, object saveLar)
    {
        await BobServes(operation, JsonValue.Create(saveLar)!);

        using var again = await Ada();
        var chat = await bob.NextOffer();
        Assert.Equal(again.ChatId, chat);
        var data = (await bob.Get($"/api/v2/me/chats/{chat}")).Succeeded().Body["chat"]!["userData"]!;
        Assert.Equal("agent1", $"{data["LastCalledAgent_EmployeeID"]}");
        Assert.Equal("agent1", $"{data["LCA_EmplID_chat"]}");
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$", $"{data["LastCalledAgent_TimeStamp"]}");
        Assert.Matches("^[0-9A-Za-z]{16}$", $"{data["ContactId"]}");
        Assert.DoesNotContain("agent1", (await again.ReadAll()).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_saveLAR_nobody_is_remembered()
    {
        await BobServes("Complete", JsonValue.Create(false));

        using var again = await Ada();
        Assert.Equal(again.ChatId, await carol.NextOffer());
    }

    [Fact]
    public async Task Somebody_else_serves_the_contact_while_its_last_agent_is_away()
    {
        await BobServes("Complete", JsonValue.Create(true));
        (await bob.Post("/api/v2/me", """{"operationName":"NotReady"}""")).Succeeded();
        await bob.HearsOut();

        using var again = await Ada();
        Assert.Equal(again.ChatId, await carol.NextOffer());
    }

    [Fact]
    public async Task A_visitor_cannot_say_whose_contact_it_is_or_who_served_it()
    {
        using var eve = await CustomerClient.Ask(server.Address,
        [
            new("nickname", "Eve"), new("userData[ContactId]", "0123456789abcdef"),
            new("userData[LCA_EmplID_chat]", "agent1"), new("userData[LastCalledAgent_EmployeeID]", "agent1"),
        ]);
        var chat = await carol.NextOffer();
        var data = (await carol.Get($"/api/v2/me/chats/{chat}")).Succeeded().Body["chat"]!["userData"]!.AsObject();
        Assert.Empty(data);
    }

    private Task<CustomerClient> Ada() =>
        CustomerClient.Ask(server.Address, [new("nickname", "Ada"), new("emailAddress", "ada@example.test")]);

    /// <summary>Bob serves Ada, Carol being away, and is ready again, Carol too.</summary>
    private async Task BobServes(string saving, JsonNode saveLar)
    {
        (await carol.Post("/api/v2/me", """{"operationName":"NotReady"}""")).Succeeded();
        await carol.HearsOut();
        using var ada = await Ada();
        var chat = await bob.NextOffer();
        (await bob.Do(chat, "Accept", Saving("Accept"))).Succeeded();
        (await bob.Do(chat, "Complete", Saving("Complete"))).Succeeded();
        await carol.GoReady();
        await bob.HearsOut();
        bob.Inbox.TakeAll(AgentClient.Chats);
        // who has been idle longest would be Carol
        (await bob.Post("/api/v2/me", """{"operationName":"NotReady"}""")).Succeeded();
        await bob.GoReady();

        JsonObject Saving(string operation) => operation == saving ? new JsonObject { ["saveLAR"] = saveLar } : [];
    }
}
