using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>The first release's reads, its history, and what holds for every request there.</summary>
public sealed class InteractionTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    public static TheoryData<string> Roots => ["/me/interactions", "/api/v2/me/interactions"];

    [Theory]
    [MemberData(nameof(Roots))]
    [Quirk(15)]
    public async Task Interactions_are_read_as_links_in_full_and_in_part(string root)
    {
        var uri = $"{desk.Server.Address}api/v2/interactions/{desk.ChatId}";
        await Answers(root, $$"""{"statusCode":0,"uris":["{{uri}}"]}""");
        await Answers(root + "/", $$"""{"statusCode":0,"uris":["{{uri}}"]}""");
        var whole =
            $$"""
            {"id":"{{desk.ChatId}}","channel":"chat","state":"Chatting","uri":"{{uri}}","userData":{…},
             "capabilities":["SendMessage","Leave","SendNotification","StopProcessing","RequestChatHistory",
               "InitiateConsultation",…]}
            """;
        await Answers(root + "?fields=*", $$"""{"statusCode":0,"interactions":[{{whole}}] }""");
        await Answers(
            root + "?fields=state",
            $$"""{"statusCode":0,"interactions":[{"id":"{{desk.ChatId}}","uri":"{{uri}}","state":"Chatting"} ] }""");
        foreach (var address in (string[])[$"{root}/{desk.ChatId}", $"/api/v2/interactions/{desk.ChatId}"])
            await Answers(address, $$"""{"statusCode":0,"interaction":{{whole}} }""");
        await Answers(
            $"{root}/{desk.ChatId}?fields=channel",
            $$"""{"statusCode":0,"interaction":{"id":"{{desk.ChatId}}","uri":"{{uri}}","channel":"chat"} }""");
    }

    [Theory]
    [InlineData("/me/interactions/{other}")]
    [InlineData("/api/v2/me/interactions/{other}")]
    [InlineData("/api/v2/me/interactions/0000Na0000NA0000")]
    public async Task What_is_not_the_agents_answers_as_if_it_did_not_exist(string path)
    {
        (await desk.Agent.Get(desk.Fill(path))).Refused(404, 6);
        (await desk.Agent.Post(desk.Fill(path), """{"operationName":"RequestChatHistory"}""")).Refused(404, 6);
        (await desk.Agent.Get(desk.Fill("/api/v2/interactions/{other}"))).Refused(404, 6);
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task Without_the_right_password_nothing_is_allowed(string root)
    {
        await using var stranger = new AgentClient(desk.Server.Address, "agent1", "wrong");
        (await stranger.Get(root)).Refused(401, 20);
        (await stranger.Get($"{root}/{desk.ChatId}")).Refused(401, 20);
        (await stranger.Post($"{root}/{desk.ChatId}", """{"operationName":"StopProcessing"}""")).Refused(401, 20);
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task What_cannot_be_read_is_refused_in_good_form(string root)
    {
        var path = $"{root}/{desk.ChatId}";
        (await desk.Agent.Post(path, "{")).Refused(400, 2);
        (await desk.Agent.Post(path, "[]")).Refused(400, 2);
        (await desk.Agent.Post(path, "{}")).Refused(400, 1);
        (await desk.Agent.Post(path, """{"operationName":"Fly"}""")).Refused(400, 2);
        (await desk.Agent.Post(path, """{"operationName":"stopprocessing"}""")).Refused(400, 2);
        (await desk.Agent.Post(path, """{"operationName":"StopProcessing"}""", "text/plain")).Refused(415, 2);
        (await desk.Agent.Post(root, """{"operationName":"StopProcessing"}""")).Refused(405, 3);
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_is_refused_and_one_used_twice_counts_once()
    {
        for (var i = 0; i < 2; i++)
            (await Send("older-1", """{"operationName":"Send","text":"only once"}""")).Succeeded();
        Assert.Single(await desk.Agent.ReadMessages(desk.ChatId), m => m!["text"]?.GetValue<string>() == "only once");
        var refused = await Send("key with blanks", """{"operationName":"CompleteTransfer"}""");
        refused.Refused(400, 2);
        Assert.Equal(2, refused.Body["status"]?.GetValue<int>());
    }

    [Fact]
    public async Task History_is_told_again_to_the_requester_alone_from_the_event_on()
    {
        await using var server = await RunningServer.Start();
        await using var bob = await OlderDesk.Open(server, 1);
        using var ada = await server.Customer("Ada");
        await bob.Agent.NextOffer();
        (await bob.Do(ada.ChatId, "RequestChatHistory")).Refused(400, 2);
        (await bob.Do(ada.ChatId, "Accept")).Succeeded();
        await using var carol = await OlderDesk.Open(server, 2);
        (await bob.Do(ada.ChatId, "InitiateConsultation", ("agentId", await carol.Agent.ReadId()))).Succeeded();
        (await carol.Do(ada.ChatId, "Accept")).Succeeded();
        await bob.Told(ada.ChatId);
        await carol.Told(ada.ChatId);

        (string Body, int[] Indexes)[] requests =
        [
            ("", [1, 2, 3]), (""","eventId":null""", [1, 2, 3]), (""","eventId":0""", [1, 2, 3]), (""","eventId":1""", [1, 2, 3]),
            (""","eventId":2""", [2, 3]), (""","eventId":"3" """, [3]), (""","eventId":4""", []),
        ];
        var log = await bob.Agent.ReadMessages(ada.ChatId);
        foreach (var (body, indexes) in requests)
        {
            var answer = await bob.Agent.Post(
                $"/me/interactions/{ada.ChatId}", $$"""{"operationName":"RequestChatHistory"{{body}}}""");
            Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());
            foreach (var data in (JsonObject[])[await bob.Listener.Inbox.Next(AgentClient.Chats), await bob.Next()])
            {
                Assert.Equal("MessageLogUpdated NewMessages", $"{data["messageType"]} {data["notificationType"]}");
                Assert.Equal(indexes, data["messages"]!.AsArray().Select(m => m!["index"]!.GetValue<int>()));
                Assert.All(data["messages"]!.AsArray(), m => Assert.Contains(log, entry => JsonNode.DeepEquals(entry, m)));
            }
        }
        // the next that Carol hears is what she asks for herself
        Assert.Single(await carol.Told(ada.ChatId));
    }

    private async Task Answers(string path, string expected) =>
        JsonPattern.Parse(expected).Check((await desk.Agent.Get(path)).Succeeded().Body, path);

    private async Task<Answer> Send(string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/me/interactions/{desk.ChatId}");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await desk.Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.Read(response);
    }
}
