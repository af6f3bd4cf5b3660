using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Nodes;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>Answers that are told on <c>/v2/ucs/interactions</c>.</summary>
public sealed class HistoryEventTests
{
    private const string AskAll = """{"operationName":"RetrieveInteractionHistory"}""";
    private const string AskOne = """{"operationName":"GetInteractionContent"}""";

    [Fact]
    [Covers("GetInteractionsHistoryMessage", "GetInteractionContentMessage")]
    public async Task What_was_asked_for_is_told_with_the_number_of_the_request_and_as_described()
    {
        await using var archive = await Open();
        var chat = await archive.Past();
        await archive.Cleo.Listener.Start(Topic, AgentClient.Chats);
        var document = await ApiDocument.Read(archive.Cleo.Http, "/asyncapi/v1.json");

        var first = await NumberOf(archive.Cleo, All, AskAll);
        var list = await archive.Cleo.Inbox.Next(Topic, "the list");
        var second = await NumberOf(archive.Cleo, $"{All}/{chat}", AskOne);
        var content = await archive.Cleo.Inbox.Next(Topic, "the content");

        Assert.Equal(first + 1, second);
        Assert.Equal(("GetInteractionsHistoryMessage", first), ($"{list["messageType"]}", list["referenceId"]!.GetValue<int>()));
        Assert.Equal(
            ("GetInteractionContentMessage", second), ($"{content["messageType"]}", content["referenceId"]!.GetValue<int>()));
        var requests = await ApiDocument.Read(archive.Cleo.Http, "/openapi/v1.json");
        var asked = (await Ask(archive.Cleo)).Succeeded().Body;
        requests.Describes("POST", All, 200, asked);
        Assert.Equal(asked["interactions"]!.ToJsonString(), list["interactions"]!.ToJsonString());
        var read = (await Ask(archive.Cleo, path: $"{All}/{chat}")).Succeeded().Body;
        requests.Describes("POST", All + "/{id}", 200, read);
        Assert.Equal(read["messages"]!.ToJsonString(), content["messages"]!.ToJsonString());
        Assert.Empty(archive.Cleo.Inbox.Untaken(AgentClient.Chats));
        Assert.All(archive.Cleo.Inbox.All, document.Describes);
    }

    [Fact]
    public async Task Nobody_but_who_asked_is_told_and_that_one_wherever_it_listens()
    {
        await using var archive = await Open();
        await using var again = archive.Server.Supervisor(1);
        await archive.Cleo.Listener.Start(Topic);
        await again.Listener.Start("/**");
        await archive.Carol.Listener.Start(Topic);

        await NumberOf(archive.Cleo, All, AskAll);

        await archive.Cleo.Inbox.Next(Topic, "the list");
        await again.Inbox.Next(Topic, "the list");
        await NumberOf(archive.Carol, All, AskAll);
        Assert.Empty((await archive.Carol.Inbox.Next(Topic, "a list of her own"))["interactions"]!.AsArray());
        Assert.Empty(archive.Carol.Inbox.Untaken(Topic));
    }

    [Fact]
    public async Task What_is_wrong_with_a_question_is_answered_at_once()
    {
        await using var archive = await Open();
        await archive.Cleo.Listener.Start(Topic);

        (await archive.Cleo.Post(All, """{"operationName":"RetrieveInteractionHistory","sort":"up"}""")).Refused(400, 10);
        (await archive.Cleo.Post($"{All}/0000Na0000NA0000", AskOne)).Refused(404, 6);
        await NumberOf(archive.Cleo, All, AskAll);

        Assert.Null((await archive.Cleo.Inbox.Next(Topic, "the only answer"))["errorMessage"]);
    }

    [Fact]
    public async Task Answers_reach_who_listens_at_another_node_and_both_nodes_know_the_same()
    {
        await using var nodes = await NodePair.Start();
        await using var listening = nodes.One.Supervisor(1);
        await using var asking = nodes.Two.Supervisor(1);
        await listening.Listener.Start(Topic);
        using var customer = await nodes.One.Customer("Ada");
        await customer.Say("hello from one");

        foreach (var who in (AgentClient[])[asking, listening])
            Assert.Equal([customer.ChatId], await Find(who, ""","searchText":"hello" """));
        var reference = await NumberOf(asking, All, AskAll);
        var told = await listening.Inbox.Next(Topic, "the list");

        Assert.Equal(reference, told["referenceId"]!.GetValue<int>());
        Assert.Equal(customer.ChatId, $"{told["interactions"]![0]!["id"]}");
    }

    [Fact]
    public async Task The_history_goes_on_when_the_node_that_filled_it_is_gone()
    {
        await using var nodes = await NodePair.Start();
        using var before = await nodes.Two.Customer("Ada");
        await using var asking = nodes.Two.Supervisor(1);
        Assert.Equal([before.ChatId], await Find(asking));

        await nodes.One.DisposeAsync();
        using var after = await nodes.Two.Customer("Eve");

        await Eventually.True(async () => (await Find(asking)).SequenceEqual([after.ChatId, before.ChatId]));
    }

    private static async Task<int> NumberOf(AgentClient who, string path, string body) =>
        (await who.Post(path, body)).Succeeded().Body["referenceId"]!.GetValue<int>();
}
