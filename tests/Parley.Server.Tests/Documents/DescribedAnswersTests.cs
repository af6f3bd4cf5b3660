using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Documents;

/// <summary>What a running server answers and tells is what its documents describe.</summary>
public sealed class DescribedAnswersTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    [Theory]
    [InlineData("agent1", "")]
    [InlineData("agent1", "?fields=*&subresources=*")]
    [InlineData("agent1", "?fields=state,name&subresources=chats&limit=1")]
    [InlineData("agent1", "?type=dispositions&fields=*&subresources=**")]
    [InlineData("supervisor1", "")]
    [InlineData("supervisor1", "?fields=*&subresources=*&limit=1")]
    public async Task Every_read_that_is_described_answers_as_described(string userName, string query)
    {
        await using var user = new AgentClient(desk.Server.Address, userName, "secret1");
        var document = await ApiDocument.Read(user.Http, "/openapi/v1.json");
        var reads = document.Operations
            .Where(o => o is { Method: "GET" } && IsAgents(o.Path))
            .Where(o => !o.Path.EndsWith("/notifications", StringComparison.Ordinal));
        foreach (var (path, method, _) in reads)
        {
            var answer = await user.Get(await Filled(path, user) + query);
            document.Describes(method, path, answer.Http, answer.Body);
        }
    }

    [Fact]
    public async Task A_parameter_that_is_required_is_missed_when_it_is_not_there()
    {
        var capabilities = (await desk.Agent.ReadChats())[0]!["capabilities"]!.AsArray();
        var possible = capabilities.Select(c => c!.GetValue<string>()).ToHashSet();
        foreach (var operation in OperationCatalog.OfChats.Where(o => possible.Contains(o.Name)))
        {
            foreach (var parameter in operation.Parameters.Where(p => p.Need == Need.Required))
            {
                var body = JsonNode.Parse(operation.Sample)!.AsObject();
                body.Remove(parameter.Name);
                (await desk.Agent.Post($"/api/v2/me/chats/{desk.ChatId}", body.ToJsonString())).Refused(400, 1);
            }
        }
    }

    [Fact]
    public async Task The_sample_of_an_operation_is_taken_by_each_of_its_names()
    {
        var document = await ApiDocument.Read(desk.Agent.Http, "/openapi/v1.json");
        string[] names = ["SendMessage", "Send", "SendUrl", "PushUrl", "SetInFocus", "InFocus", "AttachUserData"];
        foreach (var name in names)
        {
            var body = JsonNode.Parse(OperationCatalog.OfChat(name)!.Sample)!.AsObject();
            body["operationName"] = name;
            var answer = (await desk.Agent.Post($"/api/v2/me/chats/{desk.ChatId}", body.ToJsonString())).Succeeded();
            document.Describes("POST", "/api/v2/me/chats/{id}", 200, answer.Body);
        }
    }

    [Fact]
    [Covers("Ready", "NotReady", "AfterCallWork", "DoNotDisturbOn", "DoNotDisturbOff", "Offline", "Login", "Logout")]
    public async Task Every_state_that_is_described_can_be_chosen()
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(1);
        await agent.SignIn();
        var document = await ApiDocument.Read(agent.Http, "/openapi/v1.json");
        foreach (var (path, described) in new[]
        {
            ("/api/v2/me", "/api/v2/me"), ("/api/v2/me/channels/chat", "/api/v2/me/channels/{channel}"),
        })
        {
            foreach (var state in OperationCatalog.OfStates)
            {
                var answer = (await agent.Post(path, state.Sample)).Succeeded();
                document.Describes("POST", described, 200, answer.Body);
            }
        }
    }

    [Fact]
    public async Task A_chat_from_offer_to_end_is_told_and_answered_as_described()
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(3);
        var requests = await ApiDocument.Read(agent.Http, "/openapi/v1.json");
        var events = await ApiDocument.Read(agent.Http, "/asyncapi/v1.json");
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await server.Customer("Ada");
        requests.Describes("POST", "/genesys/2/chat/{service}", 200, customer.Created);
        var chat = await agent.AcceptNext();
        await customer.Say("hello");
        foreach (var body in Conversation)
        {
            var answer = await agent.Post($"/api/v2/me/chats/{chat}", body);
            requests.Describes("POST", "/api/v2/me/chats/{id}", answer.Http, answer.Body);
        }
        while ((await agent.Inbox.Next(AgentClient.Chats, "the end"))["chat"]?["state"]?.GetValue<string>() != "Completed")
        {
        }
        foreach (var operation in (string[])["refresh", "send", "startTyping", "stopTyping", "disconnect"])
        {
            var answer = await customer.Post(operation, ("transcriptPosition", "1"), ("message", "late"));
            requests.Describes("POST", $"/genesys/2/chat/{{service}}/{{chat}}/{operation}", answer.Http, answer.Body);
        }
        Assert.Equal(
            ["ChannelStateChangeMessageV2", "ChatStateChangeMessage", "MessageLogUpdated"],
            agent.Inbox.All.Select(e => e["data"]!["messageType"]!.GetValue<string>()).Distinct().Order());
        foreach (var told in agent.Inbox.All) events.Describes(told);
    }

    private static IReadOnlyList<string> Conversation =>
    [
        """{"operationName":"SendMessage","text":"Good morning","messageType":"Greeting"}""",
        """{"operationName":"SendMessage"}""",
        """{"operationName":"AttachUserData","userData":{"Plan":"Gold","Age":7,"Vip":true,"Note":null}}""",
        """{"operationName":"NoSuchOperation"}""",
        """{"operationName":"Leave","text":"Goodbye"}""",
        """{"operationName":"SendMessage","text":"too late"}""",
        """{"operationName":"Complete"}""",
        """{"operationName":"Complete"}""",
    ];

    private static bool IsAgents(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/internal-api/", StringComparison.Ordinal);

    /// <summary>
    /// The path with things that are there for its parameters; for an id, the first of the collection before it.
    /// </summary>
    private async Task<string> Filled(string path, AgentClient user)
    {
        var filled = path.Replace("/chats/{id}", $"/chats/{desk.ChatId}", StringComparison.Ordinal)
            .Replace("/interactions/{id}", $"/interactions/{desk.ChatId}", StringComparison.Ordinal)
            .Replace("{fileId}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{channel}", "chat", StringComparison.Ordinal)
            .Replace("{userId}", await desk.Agent.ReadId(), StringComparison.Ordinal)
            .Replace("/users/{id}", $"/users/{await desk.Agent.ReadId()}", StringComparison.Ordinal);
        if (filled.IndexOf("/{id}", StringComparison.Ordinal) is > 0 and var end)
        {
            var all = (await user.Get($"{filled[..end]}?fields=*")).Succeeded().Body;
            var first = all.Select(member => member.Value).OfType<JsonArray>().Single()[0]!["id"]!.GetValue<string>();
            filled = filled.Replace("{id}", first, StringComparison.Ordinal);
        }
        Assert.False(filled.Contains('{', StringComparison.Ordinal), $"{path}: say in {nameof(Filled)} what to ask for.");
        return filled;
    }
}
