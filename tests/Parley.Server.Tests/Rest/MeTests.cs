using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

public sealed class MeTests(SharedDemo shared) : IClassFixture<SharedDemo>
{
    private readonly StartedServer server = shared.Started;

    private Task<Answer> Get(string path, string user = "agent1:secret1") => server.Get(path).As(user).Send();

    [Fact]
    public async Task Me_is_the_user_and_nothing_else_unless_asked_for()
    {
        var user = (await Get("/api/v2/me")).User;
        Assert.Equal(
            ["id", "userName", "firstName", "lastName", "emailAddress", "employeeId", "roles", "enabled",
             "changePasswordOnFirstLogin", "contactCenterId", "uri", "path"],
            user.EnumerateObject().Select(p => p.Name));
        var id = user.GetProperty("id").GetString();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal($"/users/{id}", user.GetProperty("path").GetString());
        Assert.Equal($"{server.Address}api/v2/users/{id}", user.GetProperty("uri").GetString());
        Assert.Equal("ROLE_AGENT", user.GetProperty("roles")[0].GetString());
    }

    // C5, C16
    [Theory]
    [InlineData("/api/v2/me?subresources=*")]
    [InlineData("/api/v2/me?subresources=**")]
    [InlineData("/api/v2/me/?subresources=*")]
    public async Task Every_subresource_is_always_there_settings_an_object_of_objects_and_devices_an_array(string path)
    {
        // the administrator has nothing of his own
        var user = (await Get(path, "admin:secret1")).User;
        string[] names =
            ["devices", "skills", "channels", "channelStates", "interactions", "calls", "chats", "groups", "features"];
        foreach (var name in names)
            Assert.Equal(JsonValueKind.Array, user.GetProperty(name).ValueKind);
        foreach (var section in user.GetProperty("settings").EnumerateObject())
        {
            Assert.Equal(JsonValueKind.Object, section.Value.ValueKind);
            Assert.All(section.Value.EnumerateObject(), v => Assert.Equal(JsonValueKind.String, v.Value.ValueKind));
        }
    }

    [Fact]
    public async Task A_list_of_subresources_inlines_those_and_ignores_unknown_ones()
    {
        var user = (await Get("/api/v2/me?subresources=skills,bogus,groups")).User;
        Assert.Equal(["skills", "groups"], user.EnumerateObject().Select(p => p.Name).Skip(12));
        var skill = user.GetProperty("skills")[0];
        Assert.Equal("Chat_Support", skill.GetProperty("name").GetString());
        Assert.Equal("9", skill.GetProperty("level").GetString());
        Assert.Equal("BusinessUnit", user.GetProperty("groups")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Fields_choose_properties_and_turn_a_list_of_addresses_into_objects()
    {
        Assert.Equal(
            ["id", "userName", "uri"], (await Get("/api/v2/me?fields=userName")).User.EnumerateObject().Select(p => p.Name));

        var uris = (await Get("/api/v2/me/skills/")).Json.GetProperty("uris");
        var full = (await Get("/api/v2/me/skills?fields=*")).Json.GetProperty("skills");
        Assert.Equal(
            uris.EnumerateArray().Select(u => u.GetString()),
            full.EnumerateArray().Select(s => s.GetProperty("uri").GetString()));
        Assert.Equal(5, full[0].EnumerateObject().Count());
        var some = (await Get("/api/v2/me/skills?fields=level")).Json.GetProperty("skills")[0];
        Assert.Equal(["id", "level", "uri"], some.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("skills", "uris")]
    [InlineData("features", "uris")]
    [InlineData("groups", "uris")]
    [InlineData("devices", "uris")]
    [InlineData("devices?fields=*", "devices")]
    [InlineData("settings", "settings")]
    [InlineData("channels", "channels")]
    [InlineData("channelStates", "channelStates")]
    public async Task Each_subresource_is_readable_alone(string path, string property) =>
        Assert.True((await Get($"/api/v2/me/{path}")).Json.TryGetProperty(property, out _));

    [Fact]
    public async Task A_channel_that_is_not_open_is_not_found() => Assert.Equal(6, (await Get("/api/v2/me/channels/chat")).Code);

    [Fact]
    public async Task Settings_of_centre_group_and_user_override_the_defaults_in_that_order()
    {
        var center = $$"""
            { "name": "x",
              "settings": { "interaction-workspace": { "alert.timeout": "1", "chat.time-stamp": "1", "chat.nickname": "1" } },
              "groups": [ { "name": "g", "settings": { "interaction-workspace": { "chat.time-stamp": "2", "chat.nickname": "2" }, "own": { "a": "b" } } } ],
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}", "roles": ["agent", "supervisor"], "groups": ["g"],
                           "settings": { "interaction-workspace": { "chat.nickname": "3" } } } ] }
            """;
        await using var other = await StartedServer.Start(center, null);
        var settings = (await other.Get("/api/v2/me/settings").As($"ana:{TestCenter.Password}").Send())
            .Json.GetProperty("settings");
        string Value(string key) => settings.GetProperty("interaction-workspace").GetProperty(key).GetString()!;

        Assert.Equal(["1", "2", "3"], [Value("alert.timeout"), Value("chat.time-stamp"), Value("chat.nickname")]);
        Assert.Equal("true", Value("privilege.teamlead.can-monitor-chat"));
        Assert.Equal("$All$", Value("standard-response.categories"));
        Assert.Equal("agent,supervisor", settings.GetProperty("htcc").GetProperty("roles").GetString());
        Assert.Equal("b", settings.GetProperty("own").GetProperty("a").GetString());
    }

    [Fact]
    public async Task Addresses_are_the_configured_ones()
    {
        await using var other = await StartedServer.Demo("Parley:Rest:ExternalBaseUrl=https://desk.example.org/");
        var user = (await other.Get("/api/v2/me").As("agent1:secret1").Send()).User;
        Assert.StartsWith("https://desk.example.org/api/v2/users/", user.GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("true", "https://desk.example.org/api/v2/users/")]
    [InlineData("false", "http://127.0.0.1")]
    public async Task A_proxys_headers_count_only_if_there_is_one(string trusted, string expected)
    {
        await using var other = await StartedServer.Demo($"Parley:Rest:TrustForwardedHeaders={trusted}");
        var answer = await other.Get("/api/v2/me").As("agent1:secret1")
            .With("X-Forwarded-Proto", "https").With("X-Forwarded-Host", "desk.example.org").Send();
        Assert.StartsWith(expected, answer.User.GetProperty("uri").GetString());
        Assert.Equal(trusted == "true", answer.SetCookie!.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    // C18
    [Fact]
    public async Task The_whole_of_me_stays_far_below_two_million_characters_because_settings_are_limited()
    {
        string Center(int sections) => $$"""
            { "name": "x", "settings": { {{string.Join(",", Enumerable.Range(0, sections).Select(i => $$""" "s{{i}}": { "k": "{{new string('x', 4096)}}" }"""))}} },
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ] }
            """;
        await using var server = await StartedServer.Start(Center(60), null);
        var answer = await server.Get("/api/v2/me?subresources=*").As($"ana:{TestCenter.Password}").Send();
        Assert.InRange(answer.Json.GetRawText().Length, 200_000, 2_097_151);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartedServer.Start(Center(100), null));
        Assert.Contains("users[0].settings", refused.Message, StringComparison.Ordinal);
    }
}
