using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>Whoever asks on purpose for what must not be noticed learns nothing from the answer.</summary>
public sealed class HostileTargetTests
{
    private const string NoChat = "0000Na0000NA0000";

    [Theory]
    [InlineData("Transfer", "Monitors")]
    [InlineData("Consult", "Monitors")]
    [InlineData("Invite", "Monitors")]
    [InlineData("Transfer", "IsInvited")]
    [InlineData("Consult", "IsInvited")]
    [InlineData("Invite", "IsInvited")]
    public async Task A_silent_supervisor_as_the_target_answers_exactly_as_who_is_not_ready(string operation, string part)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await SilentlyOnTheChat(floor, part);
        await floor.Settle();

        var notReady = await floor.Bob.Do(floor.Chat, operation, floor.Towards(floor.Dave));
        var hidden = await floor.Bob.Do(floor.Chat, operation, floor.Towards(floor.Cleo));
        notReady.Refused(400, 2);
        Assert.Equal((notReady.Http, notReady.Body.ToJsonString()), (hidden.Http, hidden.Body.ToJsonString()));
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData("Monitors")]
    [InlineData("IsInvited")]
    public async Task Removing_a_silent_supervisor_is_answered_as_removing_who_is_not_there(string part)
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Invite");
        await SilentlyOnTheChat(floor, part);
        await floor.Settle();

        var absent = await floor.Bob.Do(floor.Chat, "RemoveParticipantFromConference", floor.Towards(floor.Dave));
        var hidden = await floor.Bob.Do(floor.Chat, "RemoveParticipantFromConference", floor.Towards(floor.Cleo));
        absent.Refused(404, 6);
        Assert.Equal((absent.Http, absent.Body.ToJsonString()), (hidden.Http, hidden.Body.ToJsonString()));
        await floor.NobodyHearsMore();
    }

    [Fact]
    public async Task A_silent_supervisor_comes_and_goes_without_a_trace_for_agent_and_customer()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        var before = await Seen(floor);
        await floor.Intrude(floor.Cleo, "Monitor");
        Assert.Equal(before, await Seen(floor));
        (await floor.Cleo.Do(floor.Chat, "Leave")).Succeeded();
        Assert.Equal(before, await Seen(floor));
        await floor.Bob.HearsOut();
        Assert.Empty(floor.Bob.Inbox.Untaken(AgentClient.Chats));
    }

    [Fact]
    public async Task A_foreign_chat_is_answered_in_the_very_words_of_no_chat()
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Consult");
        foreach (var (_, operation, parameters) in ChatRefusalTable.Rows.Where(row => row.Cells[^2] == "6"))
        {
            var foreign = await floor.Dave.Do(floor.Chat, operation, JsonNode.Parse(parameters)!.AsObject());
            var none = await floor.Dave.Do(NoChat, operation, JsonNode.Parse(parameters)!.AsObject());
            AssertSame(floor, foreign, none, operation);
        }
        foreach (var path in (string[])["me/chats/{0}", "me/chats/{0}/messages", "chats/{0}", "chats/{0}/messages?startIndex=x"])
        {
            var foreign = await floor.Dave.Get("/api/v2/" + path.Replace("{0}", floor.Chat, StringComparison.Ordinal));
            var none = await floor.Dave.Get("/api/v2/" + path.Replace("{0}", NoChat, StringComparison.Ordinal));
            AssertSame(floor, foreign, none, path);
        }
    }

    [Fact]
    public async Task What_was_refused_takes_no_reference_id()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        (await floor.Bob.Do(floor.Chat, "Consult", floor.Towards(floor.Dave))).Refused(400, 2);
        (await floor.Bob.Do(floor.Chat, "Invite", floor.Towards(floor.Bob))).Refused(400, 2);
        (await floor.Bob.Do(floor.Chat, "SendMessage")).Refused(400, 1);
        var answer = (await floor.Bob.Do(floor.Chat, "Consult", floor.Towards(floor.Sam))).Succeeded();
        Assert.Equal("""{"statusCode":0,"referenceId":2}""", answer.Body.ToJsonString());
    }

    private static async Task SilentlyOnTheChat(Floor floor, string part)
    {
        await floor.AtWork(floor.Cleo);
        if (part == "Monitors") await floor.Intrude(floor.Cleo, "Monitor");
        else
            (await floor.Cleo.Post(
                $"/api/v2/users/{floor.Id(floor.Bob)}/chats/{floor.Chat}",
                """{"operationName":"Intrude","supervisorVisibilityMode":"Monitor"}""")).Succeeded();
    }

    private static async Task<string> Seen(Floor floor) => new JsonArray(
        (await floor.Bob.ReadChats()).DeepClone(), (await floor.Bob.ReadMessages(floor.Chat)).DeepClone(),
        (await floor.Ada.ReadAll()).DeepClone()).ToJsonString();

    private static void AssertSame(Floor floor, Answer foreign, Answer none, string what)
    {
        none.Refused(404, 6);
        var words = foreign.Body.ToJsonString().Replace(floor.Chat, NoChat, StringComparison.Ordinal);
        Assert.True((foreign.Http, words) == (none.Http, none.Body.ToJsonString()), $"{what}: {words}");
    }
}
