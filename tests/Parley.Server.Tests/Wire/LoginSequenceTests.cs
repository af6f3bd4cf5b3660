using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>The first requests of published clients, replayed as they send them.</summary>
public sealed class LoginSequenceTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    [Covers("StartContactCenterSession", "EndContactCenterSession")]
    public async Task The_dotnet_clients_login_and_logout_succeed()
    {
        await using var client = server.Agent(1);
        await client.Listener.Start("/**");
        var user = (await client.Get("/api/v2/me?subresources=*")).Succeeded().Body["user"]!;
        Assert.IsType<JsonObject>(user["settings"]);
        Assert.IsType<JsonArray>(user["devices"]);
        Assert.Empty(user["chats"]!.AsArray());
        (await client.Post(
            "/api/v2/me",
            """{"operationName":"StartContactCenterSession","channels":["chat"],"loginCode":null,"queue":null,"devicePath":null}"""))
            .Succeeded();
        (await client.Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();
        using var customer = await server.Customer("Ada");
        Assert.Equal(customer.ChatId, await client.AcceptNext());
        (await client.Do(customer.ChatId, "Complete")).Succeeded();
        (await client.Post("/api/v2/me", """{"operationName":"EndContactCenterSession"}""")).Succeeded();
        await client.Listener.Disconnect();
    }

    [Fact]
    public async Task The_ios_samples_login_by_cookie_re_handshake_and_logout_succeed()
    {
        await using var phone = server.Agent(1);
        (await phone.Get("/api/v2/me?subresources=*")).Succeeded();
        phone.ForgetCredentials();
        (await phone.Get("/api/v2/settings/agent-states")).Succeeded();
        foreach (var path in new[] { "/internal-api/business-attributes", "/api/v2/contacts" })
            (await phone.Get(path)).Succeeded();
        await SubscribeToFiveTopics(phone.Listener);
        (await phone.Post("/api/v2/me",
            """{"operationName":"StartContactCenterSession","channels":["voice","chat","email"],"mobileSession":{"mobileDeviceId":"d1","mobilePushType":"IOS","debug":true}}""")).Succeeded();
        Assert.Empty((await phone.Get("/api/v2/me/chats/?fields=*")).Succeeded().Body["chats"]!.AsArray());
        (await phone.Post("/api/v2/me/channels/chat", """{"operationName":"Ready"}""")).Succeeded();
        using var customer = await server.Customer("Ada");
        await phone.AcceptNext();

        await phone.Listener.Vanish();
        await using var again = new BayeuxListener(phone.Http);
        await SubscribeToFiveTopics(again);
        Assert.Single((await phone.Get("/api/v2/me/chats/?fields=*")).Succeeded().Body["chats"]!.AsArray());
        (await phone.Do(customer.ChatId, "SendMessage", new JsonObject { ["text"] = "Still here" })).Succeeded();
        Assert.Equal("MessageLogUpdated", (await again.Inbox.Next(AgentClient.Chats))["messageType"]!.GetValue<string>());

        (await phone.Do(customer.ChatId, "Complete")).Succeeded();
        await again.Disconnect();
        (await phone.Post("/api/v2/me", """{"operationName":"EndContactCenterSession"}""")).Succeeded();
        (await phone.Get("/api/v2/me")).Refused(401, 20);
    }

    [Fact]
    public async Task C22_topics_of_other_media_are_accepted_and_stay_silent_and_others_users_topics_are_refused()
    {
        await using var client = server.Agent(1);
        await client.Listener.Handshake();
        string[] topics =
        [
            "/v2/me", "/v2/me/devices", "/v2/me/calls", "/v2/me/emails", "/v2/me/workitems", "/v2/me/workbins", "/v2/me/outbound",
            "/v2/me/anything", "/v2/me/*", "/v2/**",
        ];
        foreach (var topic in topics)
            await client.Listener.Subscribe(topic);
        var refused = await client.Listener.Send(
            new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = "/v2/users/someone/chats" });
        Assert.False(refused["successful"]!.GetValue<bool>());
        Assert.StartsWith("403:", refused["error"]!.GetValue<string>(), StringComparison.Ordinal);
        var published = await client.Listener.Send(
            new JsonObject { ["channel"] = "/v2/me/chats", ["data"] = new JsonObject { ["messageType"] = "Forged" } });
        Assert.False(published["successful"]!.GetValue<bool>());
        Assert.StartsWith("403:", published["error"]!.GetValue<string>(), StringComparison.Ordinal);
        await client.Listener.Connect();

        (await client.Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
        await client.GoReady();
        Assert.All(client.Inbox.All, e => Assert.Equal("/v2/me/channels", e["channel"]!.GetValue<string>()));
        Assert.Equal(client.Inbox.All.Select(e => e.ToJsonString()).Distinct().Count(), client.Inbox.All.Count);
    }

    [Theory]
    [InlineData("/api/v2/notifications/")]
    [InlineData("/api/v2/notifications/handshake")]
    [InlineData("/api/v2/notifications/connect")]
    [InlineData("/api/v2/notifications/disconnect")]
    public async Task C19_any_path_below_notifications_is_the_same_endpoint(string path)
    {
        await using var client = server.Agent(1);
        await using var listener = new BayeuxListener(client.Http, path);
        await listener.Start(AgentClient.Channels);
        (await client.Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
        Assert.Equal("NotReady", AgentClient.StateIn(await listener.Inbox.Next(AgentClient.Channels)));
    }

    [Fact]
    public async Task A_handshake_without_credentials_is_refused_in_bayeux_terms()
    {
        await using var stranger = new AgentClient(server.Address, null, null);
        var reply = await stranger.Listener.Send(new JsonObject
        {
            ["channel"] = "/meta/handshake",
            ["version"] = "1.0",
            ["supportedConnectionTypes"] = new JsonArray("long-polling"),
        });
        Assert.False(reply["successful"]!.GetValue<bool>());
        Assert.StartsWith("403:", reply["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("none", reply["advice"]!["reconnect"]!.GetValue<string>());
    }

    private static Task SubscribeToFiveTopics(BayeuxListener listener) =>
        listener.Start("/v2/me/devices", "/v2/me/channels", "/v2/me/calls", "/v2/me/chats", "/v2/me/emails");
}
