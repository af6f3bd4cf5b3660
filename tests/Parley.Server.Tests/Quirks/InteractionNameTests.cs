using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Quirks;

/// <summary>Names that the page of the older interactions API spells differently: every spelling is understood.</summary>
public sealed class InteractionNameTests
{
    [Theory]
    [InlineData(""" "notifcation":"TypingStarted" """)]
    [InlineData(""" "notification":"TypingStarted" """)]
    [InlineData(""" "notifcation":"TypingStopped","notification":"TypingStarted" """)]
    [Quirk(5)]
    public async Task A_notification_is_sent_under_either_spelling(string parameters)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await Understood(floor, floor.Bob, $$"""{"operationName":"SendNotification",{{parameters}}}""");
        Assert.Equal("TypingStarted", $"{(await floor.Bob.ReadMessages(floor.Chat))[^1]!["type"]}");
    }

    [Theory]
    [InlineData("InitiateConsulation")]
    [InlineData("InitiateConsultation")]
    [InlineData("StartChatConsultation")]
    [Quirk(6)]
    public async Task A_consultation_is_started_under_each_of_its_names(string operation)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        var agent = floor.Id(floor.Sam);
        await Understood(floor, floor.Bob, $$"""{"operationName":"{{operation}}","agentId":"{{agent}}"}""");
        Assert.Equal(floor.Chat, await floor.Sam.NextOffer());
    }

    [Theory]
    [InlineData("CompleteConference", "Bob", "All")]
    [InlineData("LeaveChatConsultation", "Bob", "All")]
    [InlineData("LeaveChatConsultation", "Carol", "")]
    [Quirk(7)]
    public async Task A_consultation_becomes_a_conference_for_who_asked_and_ends_for_the_consultant(
        string operation, string who, string visibility)
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Consult");
        await Understood(floor, who == "Bob" ? floor.Bob : floor.Carol, $$"""{"operationName":"{{operation}}"}""");
        var participants = (await floor.Bob.ReadChats())[0]!["participants"]!.AsArray();
        var carol = participants.SingleOrDefault(p => $"{p!["nickname"]}" == "agent2");
        Assert.Equal(visibility, $"{carol?["visibility"]}");
    }

    private static async Task Understood(Floor floor, AgentClient agent, string body) =>
        (await agent.Post($"/me/interactions/{floor.Chat}", body)).Succeeded();
}
