using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Replays;

/// <summary>
/// The connection of published software is cut at every request of a chat, one chat for each. Whatever was lost, the software
/// restored shows exactly the server's transcript. A message whose answer was lost is sent again by the person; it is there
/// twice, for nothing in these requests tells a repetition, unless the software gives its requests keys.
/// </summary>
public sealed class CutTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<HttpClient, PublishedClient>> Software = new(StringComparer.Ordinal)
    {
        ["widget, REST"] = http => new WidgetOverRest(http),
        ["iOS app, REST"] = http => new IosAppOverRest(http),
        ["GWS page"] = http => new GwsPage(http),
    };

    private RunningServer server = null!;
    private HttpClient bob = null!;

    public static TheoryData<string, string> Mishaps
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var software in Software.Keys)
            {
                foreach (var mishap in Enum.GetNames<Mishap>().Where(m => m != nameof(Mishap.None))) all.Add(software, mishap);
            }
            return all;
        }
    }

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        bob = new HttpClient(new CutWay(() => server.Address, () => Task.CompletedTask))
        {
            BaseAddress = server.Address,
            Timeout = Eventually.Patience,
        };
        bob.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String("agent1:secret1"u8));
        await Bob("/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""");
        await Bob("/me", """{"operationName":"Ready"}""");
    }

    public async ValueTask DisposeAsync()
    {
        bob.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task Software_that_is_restored_shows_exactly_the_transcript(string software, string mishap)
    {
        for (var request = 1; ; request++)
        {
            var way = new CutWay(() => server.Address, Restart) { Plan = (request, Enum.Parse<Mishap>(mishap)) };
            using var ada = Software[software](
                new HttpClient(way) { BaseAddress = server.Address, Timeout = Eventually.Patience });
            await Live(ada);
            await Insist(ada.Restore);

            var path = $"/me/chats/{ada.AgentsChatId}";
            var transcript = (await Bob(HttpMethod.Get, $"{path}/messages"))["messages"]!.AsArray();
            Assert.Equal(PublishedClient.ScreenOf(transcript), ada.Screen);
            Assert.All(new[] { "Ada: first", "Bob: second" }, line => Assert.Contains(line, ada.Screen));
            if (mishap is nameof(Mishap.RequestLost) or nameof(Mishap.ServerRestarted))
                Assert.Equal(ada.Screen, ada.Screen.Distinct());
            await Bob(path, """{"operationName":"Complete"}""");
            if (way.Requests < request) return;
        }
    }

    /// <summary>A chat in which the person repeats what the software says has failed.</summary>
    private async Task Live(PublishedClient ada)
    {
        await Insist(ada.Begin);
        await Accept(ada.AgentsChatId);
        await Try(ada.Poll);
        await Try(() => ada.Type("fir"));
        await Insist(() => ada.Say("first"));
        await Try(ada.Poll);
        await Bob($"/me/chats/{ada.AgentsChatId}", """{"operationName":"SendMessage","text":"second"}""");
        await Try(ada.Poll);
        await Insist(() => ada.Say("third"));
        await Try(ada.Poll);
    }

    private static async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (HttpRequestException)
        {
            // the next poll brings what this one did not
        }
    }

    private static async Task Insist(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (HttpRequestException)
        {
            await act();
        }
    }

    private async Task Restart() => server = await server.Restart();

    /// <summary>Bob accepts the chat; one that was begun without an answer is nobody's, and he is done with it at once.</summary>
    private Task Accept(string chat) => Eventually.True(async () =>
    {
        foreach (var offered in (await Bob(HttpMethod.Get, "/me/chats?fields=*"))["chats"]!.AsArray())
        {
            if ($"{offered!["state"]}" != "Invited") continue;
            await Bob($"/me/chats/{offered["id"]}", """{"operationName":"Accept","nickname":"Bob"}""");
            if ($"{offered["id"]}" == chat) return true;
            await Bob($"/me/chats/{offered["id"]}", """{"operationName":"Complete"}""");
        }
        return false;
    });

    private Task<JsonNode> Bob(string path, string json) => Bob(HttpMethod.Post, path, json);

    private async Task<JsonNode> Bob(HttpMethod method, string path, string json = "")
    {
        using var request = new HttpRequestMessage(method, $"/api/v2{path}");
        if (method == HttpMethod.Post) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await bob.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(answer["statusCode"]!.GetValue<int>() == 0, $"{path} {json}: {answer}");
        return answer;
    }
}
