using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Rest;

/// <summary>Users, groups, skills and queues as they are read.</summary>
public sealed class DirectoryTests(SharedTeam shared) : IClassFixture<SharedTeam>
{
    private const string Billing = "2-0d7f3a3e-3b1c-4d0e-9a55-7a1f0c2b4e66";

    private readonly Team team = shared.Team;

    [Theory]
    [InlineData("/api/v2/skills", """{"statusCode":0,"uris":["{Api}{Skill}","{Api}{OtherSkill}"]}""")]
    [InlineData("/api/v2/skills?fields=*&name=Chat_Billing",
        """{"statusCode":0,"skills":[{"id":…,"name":"Chat_Billing","uri":"{Api}{Skill}","path":"{Skill}"}]}""")]
    [InlineData("/api/v2{Skill}",
        """{"statusCode":0,"skill":{"id":…,"name":"Chat_Billing","uri":"{Api}{Skill}","path":"{Skill}"}}""")]
    [InlineData("/api/v2/queues?sortBy=priority&limit=1", """{"statusCode":0,"totalCount":2,"uris":["{Api}{OtherQueue}"]}""")]
    [InlineData("/api/v2/queues?fields=name&offset=1",
        """{"statusCode":0,"totalCount":2,"queues":[{"id":…,"name":"Support","uri":"{Api}{OtherQueue}"}]}""")]
    [InlineData("/api/v2{Queue}",
        """{"statusCode":0,"queue":{"id":…,"name":"Billing","priority":10,"uri":"{Api}{Queue}","path":"{Queue}"}}""")]
    [InlineData("/api/v2/groups?name=Billing", """{"statusCode":0,"uris":["{Api}{Group}"]}""")]
    [InlineData("/api/v2{Group}",
        """
        {"statusCode":0,"group":{"id":…,"name":"Billing","type":"BusinessUnit","contains":["users","skills","queues"],
         "uri":"{Api}{Group}","path":"{Group}"}}
        """)]
    public async Task Any_user_reads_skills_queues_and_groups(string path, string expected) =>
        JsonPattern.Parse(Filled(expected)).Check((await team.Of("jkim").Get(Filled(path))).Body, path);

    [Theory]
    [InlineData("users", "mlopez dlead gone")]
    [InlineData("supervisors", "dlead")]
    [InlineData("skills", "Chat_Billing")]
    [InlineData("queues", "Billing Support")]
    public async Task The_parts_of_a_group_are_read_alone_or_with_it(string part, string names)
    {
        var jun = team.Of("jkim");
        var alone = (await jun.Get($"/api/v2/groups/{Billing}/{part}?fields=*")).Succeeded().Body[part]!.AsArray();
        Assert.Equal(names, Names(alone));
        var uris = (await jun.Get($"/api/v2/groups/{Billing}/{part}")).Succeeded().Body["uris"]!.AsArray();
        Assert.Equal(alone.Select(i => i!["uri"]!.GetValue<string>()), uris.Select(u => u!.GetValue<string>()));

        var group = (await jun.Get($"/api/v2/groups/{Billing}?subresources={part}")).Succeeded().Body["group"]!.AsObject();
        Assert.Equal(["id", "name", "type", "contains", "uri", "path", part], group.Select(p => p.Key));
        Assert.True(JsonNode.DeepEquals(alone, group[part]));
        var all = (await jun.Get("/api/v2/groups?subresources=*&name=Billing")).Succeeded().Body["groups"]![0]!.AsObject();
        Assert.Equal(["users", "supervisors", "skills", "queues"], all.Select(p => p.Key).Skip(6));
        Assert.True(JsonNode.DeepEquals(alone, all[part]));
        var page = (await jun.Get($"/api/v2/groups/{Billing}/{part}?limit=1")).Succeeded().Body;
        Assert.Equal((1, alone.Count), (page["uris"]!.AsArray().Count, page["totalCount"]!.GetValue<int>()));
        (await jun.Get($"/api/v2/groups/none/{part}")).Refused(404, 6);
    }

    [Fact]
    public async Task Of_the_people_in_a_group_everybody_may_know_the_names() => JsonPattern.Parse(
        $$"""
        {"statusCode":0,"supervisors":[{"id":"{{Team.Dana}}","userName":"dlead","firstName":"Dana","lastName":"Lead",
         "uri":"https://desk.example.org/api/v2/users/{{Team.Dana}}","path":"/users/{{Team.Dana}}"}]}
        """).Check((await team.Of("jkim").Get($"/api/v2/groups/{Billing}/supervisors?fields=*")).Body, "the supervisors");

    [Theory]
    [InlineData("/api/v2/skills/none")]
    [InlineData("/api/v2/queues/none")]
    [InlineData("/api/v2/groups/none")]
    [InlineData("/api/v2/groups/none/users")]
    public async Task What_there_is_not_is_not_found(string path) => (await team.Of("root").Get(path)).Refused(404, 6);

    [Fact]
    public async Task A_user_is_read_by_itself_supervisors_and_administrators()
    {
        var expected =
            $$$"""
            {"statusCode":0,"user":{"id":"{{{Team.Marta}}}","userName":"mlopez","firstName":"Marta","lastName":"Lopez",
            "emailAddress":"mlopez@example.org","employeeId":"mlopez","roles":["ROLE_AGENT"],
            "enabled":true,"changePasswordOnFirstLogin":false,
            "contactCenterId":"5b0c8d1e-37aa-4c62-9f5d-2a60b1c4e9f0",
            "uri":"https://desk.example.org/api/v2/users/{{{Team.Marta}}}",
            "path":"/users/{{{Team.Marta}}}"}}
            """.ReplaceLineEndings("");
        foreach (var reader in (string[])["mlopez", "dlead", "sstray", "root", "crm"])
            Assert.Equal(expected, (await team.Of(reader).Get($"/api/v2/users/{Team.Marta}")).Body.ToJsonString());
        (await team.Of("jkim").Get($"/api/v2/users/{Team.Marta}")).Refused(403, 5);
        (await team.Of("jkim").Get("/api/v2/users/none")).Refused(403, 5);
        (await team.Of("jkim").Get("/api/v2/users")).Refused(403, 5);
        (await team.Of("dlead").Get("/api/v2/users/none")).Refused(404, 6);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("channels,chats,groups,skills,devices,bogus")]
    public async Task A_user_has_its_skills_channels_and_groups_with_it_if_asked(string subresources) => JsonPattern.Parse(
        $$"""
        {"statusCode":0,"user":{"id":"{{Team.Marta}}","userName":"mlopez","uri":…,"devices":[],
         "skills":[{"id":"b7d1c0aa-0f3e-4f1b-9d5c-6f2a1e8b4c30","name":"Chat_Billing","level":"7","uri":…,"path":…}],
         "channels":[{"channel":"chat","dndState":"Off",
           "userState":{"id":"900D55CC-2BB0-431F-8BF9-D3525B383BE6","displayName":"Not Ready","state":"NotReady"} }],
         "groups":[{"id":"{{Billing}}","name":"Billing","type":"BusinessUnit","contains":["users","skills","queues"],
           "uri":…,"path":…}],
         "chats":[]} }
        """).Check(
        (await team.Of("dlead").Get($"/api/v2/users/{Team.Marta}?fields=userName&subresources={subresources}")).Body, "the user");

    [Theory]
    [InlineData("", "mlopez jkim dlead sstray root crm gone")]
    [InlineData("userName=jkim,root", "jkim root")]
    [InlineData("roles=ROLE_SUPERVISOR", "dlead sstray")]
    [InlineData("enabled=false", "gone")]
    [InlineData("skills.name=Chat_Billing", "mlopez jkim")]
    [InlineData("skills.level=10", "jkim")]
    [InlineData("skills.name=*&skills.level=7,8", "mlopez")]
    [InlineData("groups.name=Billing", "mlopez dlead gone")]
    [InlineData("groups.name=Billing&channels.userState.state=NotReady", "mlopez")]
    [InlineData("channels.channel=chat", "mlopez")]
    [InlineData("devices.phoneNumber=*", "")]
    [InlineData("statistics.channels.voice.state=Ready", "mlopez jkim dlead sstray root crm gone")]
    [InlineData("sortBy=lastName,firstName&enabled=true&lastName=*&roles=ROLE_AGENT", "jkim dlead mlopez")]
    [InlineData("sortBy=skills.level&skills.name=*", "mlopez jkim")]
    [InlineData("sortBy=statistics.channels.voice.state,lastName&roles=ROLE_AGENT", "gone jkim dlead mlopez")]
    [InlineData("sortBy=userName&limit=2&offset=1", "dlead gone")]
    public async Task The_list_of_users_can_be_filtered_sorted_and_paged(string query, string names)
    {
        var dana = team.Of("dlead");
        var body = (await dana.Get($"/api/v2/users?fields=*&{query}")).Succeeded().Body;
        Assert.Equal(names, Names(body["users"]!.AsArray()));
        Assert.Equal(query.Contains("limit", StringComparison.Ordinal) ? 7 : null, body["totalCount"]?.GetValue<int>());
        var uris = (await dana.Get($"/api/v2/users?{query}")).Succeeded().Body["uris"]!.AsArray();
        Assert.Equal(
            body["users"]!.AsArray().Select(u => u!["uri"]!.GetValue<string>()), uris.Select(u => u!.GetValue<string>()));
    }

    [Fact]
    public async Task An_overview_lists_everybodys_channels()
    {
        foreach (var query in (string[])["fields=*&subresources=channels", "subresources=channels"])
        {
            var users = (await team.Of("dlead").Get($"/api/v2/users?{query}&enabled=true")).Body["users"]!.AsArray();
            Assert.Equal([1, 0, 0, 0, 0, 0], users.Select(u => u!["channels"]!.AsArray().Count));
            Assert.Equal("channels", users[0]!.AsObject().Last().Key);
        }
    }

    [Fact]
    public async Task Without_the_feature_there_is_nothing_to_read()
    {
        await using var other = await Team.Start(""" "features": ["api-multimedia-chat"], """);
        var root = other.Of("root");
        string[] paths =
            ["users", $"users/{Team.Jun}", "groups", $"groups/{Billing}", $"groups/{Billing}/users", "skills", "queues"];
        foreach (var path in paths)
            (await root.Get($"/api/v2/{path}")).Refused(404, 6);
        (await root.Get("/api/v2/contacts")).Succeeded();
    }

    [Theory]
    [InlineData("users")]
    [InlineData("groups")]
    [InlineData("skills")]
    [InlineData("queues")]
    [InlineData("contacts")]
    [InlineData("business-attributes")]
    [InlineData("dispositions")]
    public async Task Nobody_reads_anything_without_signing_in(string path) =>
        (await team.Of("nobody").Get($"/api/v2/{path}")).Refused(401, 20);

    /// <summary>The text with the addresses filled in.</summary>
    private static string Filled(string text) => text
        .Replace("{Api}", "https://desk.example.org/api/v2", StringComparison.Ordinal)
        .Replace("{Skill}", "/skills/b7d1c0aa-0f3e-4f1b-9d5c-6f2a1e8b4c30", StringComparison.Ordinal)
        .Replace("{OtherSkill}", "/skills/c8e2d1bb-1a4f-4a2c-8e6d-7a3b2f9c5d41", StringComparison.Ordinal)
        .Replace("{Queue}", "/queues/1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3", StringComparison.Ordinal)
        .Replace("{OtherQueue}", "/queues/2a8c3d4e-9f01-4b6c-8d7e-8f9012b3c4d5", StringComparison.Ordinal)
        .Replace("{Group}", $"/groups/{Billing}", StringComparison.Ordinal);

    private static string Names(JsonArray items) =>
        string.Join(' ', items.Select(i => (i!["userName"] ?? i["name"])!.GetValue<string>()));
}
