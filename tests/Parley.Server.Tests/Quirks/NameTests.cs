using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Quirks;

/// <summary>Names that pages and samples spell differently: every spelling is understood.</summary>
public sealed class NameTests
{
    [Fact]
    [Quirk(8)]
    public async Task Both_names_of_the_focus_are_listed_and_accepted()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await Understood(floor, floor.Bob, "SetInFocus", "{}");
        await Understood(floor, floor.Bob, "InFocus", "{}");
        Assert.Subset(await Capabilities(floor, floor.Bob), new HashSet<string> { "InFocus", "SetInFocus" });
    }

    [Theory]
    [InlineData("SwitchToBargeIn")]
    [InlineData("SwitchBargeIn")]
    [Quirk(9)]
    public async Task Barging_in_is_listed_and_accepted_with_and_without_its_preposition(string operation)
    {
        await using var floor = await Floor.Open();
        await floor.Supervised(floor.Cleo, "Coach");
        Assert.Contains(operation, await Capabilities(floor, floor.Cleo));
        await Understood(floor, floor.Cleo, operation, "{}");
        Assert.Contains("SendMessage", await Capabilities(floor, floor.Cleo));
    }

    [Fact]
    [Quirk(10)]
    public async Task Typing_among_agents_is_understood_in_the_singular()
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Consult");
        await Understood(floor, floor.Bob, "SendStartTypingToAgentNotification", "{}");
        await Understood(floor, floor.Bob, "SendStopTypingToAgentNotification", "{}");
        Assert.Equal(
            ["TypingStarted Agents", "TypingStopped Agents"],
            (await floor.Bob.ReadMessages(floor.Chat)).TakeLast(2).Select(m => $"{m!["type"]} {m["visibility"]}"));
    }

    [Theory]
    [InlineData("targetUri", "{base}/api/v2/users/{id}")]
    [InlineData("targetUri", "http://another.example.test:8080/api/v2/users/{id}")]
    [InlineData("targetUri", "/users/{id}")]
    [InlineData("targetPath", "/users/{id}")]
    [InlineData("userUri", "{base}/api/v2/users/{id}")]
    [InlineData("targetUri", "{base}/api/v2/contacts/{id}")]
    [Quirk(11)]
    public async Task A_target_is_understood_under_each_of_its_names(string parameter, string link)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        var there = link.Replace("{base}", floor.Base, StringComparison.Ordinal)
            .Replace("{id}", floor.Id(floor.Sam), StringComparison.Ordinal);
        await Understood(floor, floor.Bob, "Consult", new JsonObject { [parameter] = there }.ToJsonString());
        Assert.Equal(floor.Chat, await floor.Sam.NextOffer());
    }

    [Theory]
    [InlineData("SendUrl")]
    [InlineData("SendURL")]
    [InlineData("PushUrl")]
    [Quirk(12)]
    public async Task A_link_is_sent_under_each_of_its_names(string operation)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await Understood(floor, floor.Bob, operation, """{"url":"https://shop.example.test/returns"}""");
        Assert.Equal("PushUrl", $"{(await floor.Bob.ReadMessages(floor.Chat))[^1]!["type"]}");
        var listed = await Capabilities(floor, floor.Bob);
        Assert.Equal(["SendUrl"], listed.Where(c => c.EndsWith("url", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    [Quirk(23)]
    public async Task Leaving_again_succeeds_and_nobody_hears_of_it()
    {
        await using var floor = await Floor.Open();
        await floor.AfterChat();
        await floor.Settle();
        await Understood(floor, floor.Bob, "Leave", """{"text":"Goodbye again"}""");
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Quirk(25)]
    public async Task Leaving_and_completing_is_one_step_listed_while_chatting_and_accepted_after(bool afterChat)
    {
        await using var floor = await Floor.Open();
        await (afterChat ? floor.AfterChat() : floor.Talking());
        await floor.Settle();
        Assert.Equal(!afterChat, (await Capabilities(floor, floor.Bob)).Contains("LeaveAndComplete"));
        await Understood(floor, floor.Bob, "LeaveAndComplete", "{}");
        var told = await floor.Bob.Inbox.Next(AgentClient.Chats);
        Assert.Equal("Completed", $"{told["chat"]?["state"]}");
        Assert.False(told.ContainsKey("referenceId"));
        await floor.NobodyHearsMore();
    }

    private static async Task Understood(Floor floor, AgentClient agent, string operation, string parameters) =>
        (await agent.Do(floor.Chat, operation, JsonNode.Parse(parameters)!.AsObject())).Succeeded();

    private static async Task<HashSet<string>> Capabilities(Floor floor, AgentClient agent) =>
        [.. (await agent.Get($"/api/v2/me/chats/{floor.Chat}")).Succeeded().Body["chat"]!["capabilities"]!.AsArray()
            .Select(c => $"{c}")];
}
