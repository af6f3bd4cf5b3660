using System.Text.Json.Nodes;
using Parley.Log;
using Parley.Log.Events;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Rest;

/// <summary>Supervisors who set the states of agents and hear of their changes.</summary>
public sealed class SupervisionTests
{
    private const string Users = "/v2/users";

    [Theory]
    [InlineData("""{"operationName":"Ready"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"9430250E-0A1B-421F-B372-F29E69366DED","displayName":"Ready","state":"Ready"}}
        """)]
    [InlineData("""{"operationName":"NotReady"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"900D55CC-2BB0-431F-8BF9-D3525B383BE6","displayName":"Not Ready","state":"NotReady"}}
        """)]
    [InlineData("""{"operationName":"NotReady","reason":"Meeting"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"900D55CC-2BB0-431F-8BF9-D3525B383BE6","displayName":"Not Ready","state":"NotReady",
           "reason":"Meeting"}}
        """)]
    [InlineData("""{"operationName":"OutToLunch"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"6D1E9C7A-52B4-4E0F-8C33-91A7D5B0F2E8","displayName":"Out to Lunch","state":"NotReady",
           "reason":"Lunch"}}
        """)]
    [InlineData("""{"operationName":"AfterCallWork"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"B2C40D61-0E7F-4B59-9A18-3F6E2D87C015","displayName":"After Contact Work","state":"NotReady",
           "workMode":"AfterCallWork"}}
        """)]
    [InlineData("""{"operationName":"Offline"}""",
        """
        {"channel":"chat","dndState":"Off",
         "userState":{"id":"0F7F5003-EF26-4D13-A6Ef-D0C7EC819BEB","displayName":"Offline","state":"LoggedOut"}}
        """)]
    public async Task A_supervisor_sets_an_agents_state_and_both_are_told(string body, string channel)
    {
        await using var team = await Team.Start();
        var marta = await team.AtWork("mlopez");
        var dana = team.Of("dlead");
        await dana.Listener.Start(Users);

        var answer = (await dana.Post($"/api/v2/users/{Team.Marta}/channels/chat", body)).Succeeded();
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());

        Matches(
            $$"""{"messageType":"ChannelStateChangeMessageV2","channels":[{{channel}}]}""",
            await marta.Inbox.Next(AgentClient.Channels));
        Matches(
            $$"""
            {"messageType":"ChannelStateChangeMessageV2","channels":[{{channel}}],"userId":"{{Team.Marta}}",
             "userUri":"https://desk.example.org/api/v2/users/{{Team.Marta}}"}
            """,
            await dana.Inbox.Next(Users));
        Matches($"[{channel}]", (await marta.Get("/api/v2/me/channels")).Body["channels"]);
    }

    [Fact]
    public async Task Each_use_is_stored_with_who_asked_and_logged_by_ids_alone()
    {
        await using var team = await Team.Start();
        await team.AtWork("mlopez");
        var dana = team.Of("dlead");
        (await Control(dana, Team.Marta, """{"operationName":"NotReady","reason":"a private word"}""")).Succeeded();

        var stored = await team.The<IEventLog>().ReadAsync($"agent/{Team.Marta}", 0, TestContext.Current.CancellationToken);
        var stamps = stored.Select(e => EventCodec.Agent.Read(e).Stamp).ToArray();
        Assert.Equal(
            [(Team.Marta, null), (Team.Marta, null), (Team.Dana, null)],
            stamps.Select(s => (s.Requester?.Value, s.ReferenceId)));
        Assert.Equal($"{Team.Dana} used NotReady on channel chat of {Team.Marta}", Assert.Single(team.Logged));
    }

    [Theory]
    [InlineData(403, 5, "mlopez", Team.Jun)]
    [InlineData(403, 5, "root", Team.Marta)]
    [InlineData(404, 6, "dlead", Team.Jun)]
    [InlineData(404, 6, "dlead", Team.Dana)]
    [InlineData(404, 6, "dlead", "00000000000000000000000000000000")]
    [InlineData(404, 6, "sstray", Team.Marta)]
    public async Task Who_is_not_responsible_for_the_user_changes_nothing(int http, int code, string asks, string user)
    {
        await using var team = await Team.Start();
        var jun = await team.AtWork("jkim");
        var dana = await team.AtWork("dlead");
        var marta = await team.AtWork("mlopez");
        (await Control(team.Of(asks), user, """{"operationName":"Ready"}""")).Refused(http, code);
        foreach (var agent in new[] { jun, dana, marta })
        {
            Assert.Contains("NotReady", (await agent.Get("/api/v2/me/channels")).Body.ToJsonString(), StringComparison.Ordinal);
            Assert.Empty(agent.Inbox.Untaken(AgentClient.Channels));
        }
        Assert.Empty(team.Logged);
    }

    [Theory]
    [InlineData("chat", "{}", 400, 1)]
    [InlineData("chat", """{"operationName":"Jump"}""", 400, 10)]
    [InlineData("chat", """{"operationName":"DoNotDisturbOn"}""", 400, 10)]
    [InlineData("chat", """{"operationName":"Logout"}""", 400, 10)]
    [InlineData("chat", """{"operationName":"NotReady","reason":7}""", 400, 2)]
    [InlineData("voice", """{"operationName":"Ready"}""", 404, 6)]
    public async Task What_is_not_an_operation_on_the_agents_channel_is_refused(string channel, string body, int http, int code)
    {
        await using var team = await Team.Start();
        await team.AtWork("mlopez");
        var answer = await team.Of("dlead").Post($"/api/v2/users/{Team.Marta}/channels/{channel}", body);
        answer.Refused(http, code);
        Assert.Empty(team.Logged);
    }

    [Fact]
    public async Task Without_a_session_there_is_no_state_to_set()
    {
        await using var team = await Team.Start();
        (await Control(team.Of("dlead"), Team.Marta, """{"operationName":"Ready"}""")).Refused(400, 2);
    }

    [Fact]
    public async Task Without_the_feature_nobody_can_set_the_state_of_others()
    {
        await using var team = await Team.Start(""" "features": ["api-multimedia-chat"], """);
        await team.AtWork("mlopez");
        (await Control(team.Of("dlead"), Team.Marta, """{"operationName":"Ready"}""")).Refused(404, 6);
    }

    [Fact]
    [Covers("ChannelStateChangeMessageV2 on /v2/users")]
    public async Task Of_the_changes_of_others_everybody_hears_those_they_are_responsible_for()
    {
        await using var team = await Team.Start();
        AgentClient[] listeners = [team.Of("dlead"), team.Of("root"), team.Of("crm"), team.Of("sstray"), team.Of("jkim")];
        foreach (var listener in listeners[..4]) await listener.Listener.Start(Users);
        await listeners[4].Listener.Start("/**");

        var marta = await team.AtWork("mlopez");
        var jun = await team.AtWork("jkim");
        (await marta.Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();
        (await jun.Post("/api/v2/me", """{"operationName":"EndContactCenterSession"}""")).Succeeded();
        (await marta.Post("/api/v2/me", """{"operationName":"EndContactCenterSession"}""")).Succeeded();

        string[] ofMarta = [$"{Team.Marta} NotReady", $"{Team.Marta} Ready", $"{Team.Marta} LoggedOut"];
        Assert.Equal(ofMarta, await Heard(listeners[0], 3));
        string[] ofAll = [ofMarta[0], $"{Team.Jun} NotReady", ofMarta[1], $"{Team.Jun} LoggedOut", ofMarta[2]];
        Assert.Equal(ofAll, await Heard(listeners[1], 5));
        Assert.Equal(ofAll, await Heard(listeners[2], 5));
        Assert.Empty(listeners[3].Inbox.All);
        Assert.DoesNotContain(listeners[4].Inbox.All, e => e["channel"]!.GetValue<string>() == Users);
    }

    [Fact]
    public async Task Agents_may_not_subscribe_to_the_users_topic()
    {
        await using var team = await Team.Start();
        var jun = team.Of("jkim");
        await jun.Listener.Handshake();
        var refused = await jun.Listener.Send(new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = Users });
        Assert.False(refused["successful"]!.GetValue<bool>());
        Assert.StartsWith("403:", refused["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Task<Harness.Answer> Control(AgentClient asks, string user, string body) =>
        asks.Post($"/api/v2/users/{user}/channels/chat", body);

    private static async Task<string[]> Heard(AgentClient listener, int count)
    {
        var heard = new List<string>();
        while (heard.Count < count)
        {
            var data = await listener.Inbox.Next(Users);
            heard.Add($"{data["userId"]} {AgentClient.StateIn(data)}");
        }
        Assert.Empty(listener.Inbox.Untaken(Users));
        return [.. heard];
    }

    private static void Matches(string expected, JsonNode? actual) => JsonPattern.Parse(expected).Check(actual, "");
}
