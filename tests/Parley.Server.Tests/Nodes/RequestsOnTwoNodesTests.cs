using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

/// <summary>What a client may do at either node as it may at one: repeat a request, count its requests, and log out.</summary>
public sealed class RequestsOnTwoNodesTests : IAsyncLifetime
{
    private NodePair nodes = null!;
    private AgentClient atOne = null!;
    private AgentClient atTwo = null!;
    private CustomerClient customer = null!;
    private string chat = "";

    public async ValueTask InitializeAsync()
    {
        nodes = await NodePair.Start(
            "--Parley:Accounts:MaxSessionsPerUser=2", "--Parley:Chats:ReferenceIdInResponses=true");
        (atOne, atTwo) = (nodes.One.Agent(1), nodes.Two.Agent(1));
        await atOne.SignIn();
        await atOne.GoReady();
        customer = await nodes.Two.Customer("Ada");
        chat = await atOne.AcceptNext();
    }

    public async ValueTask DisposeAsync()
    {
        customer.Dispose();
        await atOne.DisposeAsync();
        await atTwo.DisposeAsync();
        await nodes.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_is_repeated_at_the_other_node_is_answered_alike_and_done_once()
    {
        var first = (await Keyed(atOne, "one", "once")).Succeeded();
        var again = (await Keyed(atTwo, "one", "once")).Succeeded();
        var other = await Keyed(atTwo, "one", "twice");

        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal(2, other.StatusCode);
        Assert.Contains("Idempotency-Key", other.Body["statusMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["once"], await Said());
    }

    [Fact]
    public async Task A_request_that_comes_to_both_nodes_at_once_is_done_once()
    {
        for (var i = 0; i < 10; i++)
        {
            var (key, text) = ($"key-{i}", $"at once {i}");
            var answers = await Task.WhenAll(
                ((AgentClient[])[atOne, atTwo, atOne, atTwo]).Select(agent => Task.Run(() => Keyed(agent, key, text))));

            foreach (var answer in answers)
                Assert.Equal(answers[0].Succeeded().Body.ToJsonString(), answer.Succeeded().Body.ToJsonString());
        }
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"at once {i}"), await Said());
    }

    [Fact]
    public async Task A_customers_request_that_is_repeated_at_the_other_node_is_answered_alike_and_done_once()
    {
        var answers = new List<string>();
        foreach (var node in (RunningServer[])[nodes.One, nodes.Two, nodes.One])
        {
            using var http = new HttpClient { BaseAddress = node.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{CustomerClient.Service}/{chat}/send");
            request.Headers.Add("Idempotency-Key", "customer");
            request.Content = new FormUrlEncodedContent(
                [new("secureKey", customer.SecureKey), new("message", "once"), new("transcriptPosition", "3")]);
            using var response = await http.SendAsync(request);
            answers.Add((await DoorAnswer.Read(response)).Succeeded().Text);
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(["once"], await Said());
    }

    [Fact]
    public async Task An_agents_requests_are_counted_on_whichever_node_they_are_made()
    {
        var numbers = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var agent = i % 3 == 0 ? atOne : atTwo;
            var data = new JsonObject { ["userData"] = new JsonObject { ["Step"] = $"{i}" } };
            numbers.Add((await agent.Do(chat, "AttachUserData", data)).Succeeded().Body["referenceId"]!.GetValue<int>());
            var told = await atOne.Inbox.Next(AgentClient.Chats, "the new data");
            Assert.Equal(numbers[^1], told["referenceId"]!.GetValue<int>());
        }

        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public async Task Who_logs_out_at_one_node_listens_no_more_at_the_other()
    {
        await using var here = nodes.One.Agent(2);
        await here.ReadId();
        await using var there = new AgentClient(nodes.Two.Address, null, null);
        there.Http.DefaultRequestHeaders.Add("Cookie", here.Cookies);
        await there.Listener.Start(AgentClient.Chats);

        (await here.Post("/api/v2/logout", "")).Succeeded();

        await there.Listener.Stopped.WaitAsync(Eventually.Patience);
        Assert.Equal(401, (int)await Status(there.Http));
    }

    [Fact]
    public async Task Requests_under_way_are_finished_though_their_sessions_make_room_for_others()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            using var http = new HttpClient(new HttpClientHandler { UseCookies = false })
            {
                BaseAddress = (i % 2 == 0 ? nodes.One : nodes.Two).Address,
            };
            http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String("agent3:secret3"u8));
            return await Status(http);
        })));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task<HttpStatusCode> Status(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/api/v2/me", UriKind.Relative));
        return response.StatusCode;
    }

    private async Task<Answer> Keyed(AgentClient agent, string key, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v2/me/chats/{chat}");
        request.Headers.Add("Idempotency-Key", key);
        var body = new JsonObject { ["operationName"] = "SendMessage", ["text"] = text };
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await agent.Http.SendAsync(request);
        return await Answer.Read(response);
    }

    /// <summary>What was said in the chat, as either node has it.</summary>
    private async Task<string[]> Said()
    {
        var (one, two) = (Texts(await atOne.ReadMessages(chat)), Texts(await atTwo.ReadMessages(chat)));
        Assert.Equal(one, two);
        return one;
    }

    private static string[] Texts(JsonArray messages) =>
        [.. messages.Select(m => m!["text"]?.GetValue<string>()).OfType<string>()];
}
