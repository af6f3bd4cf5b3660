using System.Text;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

/// <summary>The contact centre's lists, and the dispositions among them.</summary>
public sealed class BusinessAttributesTests
{
    private const string Lists = """
        "businessAttributes": [
          { "name": "DispositionCode", "displayName": "Disposition Code",
            "userProperties": { "gws": { "contains": "dispositions" } },
            "values": [ { "name": "solved", "displayName": "Solved", "default": true },
                        { "name": "callback_promised", "displayName": "Call-back promised" } ] },
          { "name": "ToastData", "displayName": "Toast data",
            "values": [ { "name": "Subject", "displayName": "Topic", "description": "", "userProperties": {} } ] } ],
        """;

    [Theory]
    [InlineData("/internal-api/business-attributes")]
    [InlineData("/api/v2/business-attributes")]
    public async Task The_lists_have_the_published_shape(string path)
    {
        await using var team = await Team.Start(Lists);
        Assert.Equal(
            """
            {"statusCode":0,"businessAttributes":[
            {"name":"DispositionCode","displayName":"Disposition Code","description":"",
            "userProperties":[{"name":"gws","value":[{"name":"contains","value":"dispositions"}]}],"values":[
            {"name":"solved","displayName":"Solved","description":"","default":true,"userProperties":[]},
            {"name":"callback_promised","displayName":"Call-back promised","description":"","default":false,
            "userProperties":[]}]},
            {"name":"ToastData","displayName":"Toast data","description":"","userProperties":[],"values":[
            {"name":"Subject","displayName":"Topic","description":"","default":false,"userProperties":[]}]}]}
            """.ReplaceLineEndings(""),
            (await team.Of("jkim").Get(path)).Body.ToJsonString());
    }

    [Fact]
    public async Task Under_the_internal_address_credentials_are_required_too()
    {
        await using var team = await Team.Start();
        (await team.Of("nobody").Get("/internal-api/business-attributes")).Refused(401, 20);
    }

    [Theory]
    [InlineData("DispositionCode",
        """[{"name":"solved","displayName":"Solved"},{"name":"callback_promised","displayName":"Call-back promised"}]""")]
    [InlineData("ToastData", """[{"name":"Subject","displayName":"Topic"}]""")]
    [InlineData("Other", "[]")]
    public async Task The_dispositions_are_those_of_the_list_that_the_setting_names(string list, string dispositions)
    {
        await using var team = await Team.Start(
            $$"""
            "settings": { "interaction-workspace": { "interaction.disposition.value-business-attribute": "{{list}}" } }, {{Lists}}
            """);
        Assert.Equal(
            $$"""{"statusCode":0,"dispositions":{{dispositions}}}""",
            (await team.Of("jkim").Get("/api/v2/dispositions")).Body.ToJsonString());
    }

    [Fact]
    public async Task Dispositions_form_a_tree_of_groups()
    {
        await using var team = await Team.Start(
            """
            "businessAttributes": [
              { "name": "DispositionCode",
                "values": [ { "name": "other", "displayName": "Other" }, { "name": "won", "folder": "Sales/Closed" },
                            { "name": "later", "folder": "Sales" } ] },
              { "name": "More", "userProperties": { "GWS": { "contains": "dispositions" } }, "values": [ { "name": "x" } ] },
              { "name": "ToastData", "values": [ { "name": "Subject" } ] } ],
            """);
        var jun = team.Of("jkim");
        var roots = (await jun.Get("/api/v2/groups?type=dispositions")).Succeeded().Body["uris"]!.AsArray();
        Assert.Equal(2, roots.Count);

        const string Closed = """
            {"id":…,"name":"Closed","type":"dispositions","contains":["dispositions"],"parentUri":…,"uri":…,"path":…,
             "dispositions":[{"name":"won","displayName":"won"}],"groups":[]}
            """;
        const string Tree = $$"""
            {"id":…,"name":"DispositionCode","type":"dispositions","contains":["dispositions"],"defaultGroup":true,"uri":…,"path":…,
             "dispositions":[{"name":"other","displayName":"Other"}],
             "groups":[{"id":…,"name":"Sales","type":"dispositions","contains":["dispositions"],"parentUri":…,"uri":…,"path":…,
               "dispositions":[{"name":"later","displayName":"later"}],"groups":[{{Closed}}]} ]}
            """;
        var tree = (await jun.Get("/api/v2/groups?type=dispositions&subresources=**")).Succeeded().Body["groups"]!;
        JsonPattern.Parse(Tree).Check(tree[0], "the tree of the default group");
        JsonPattern.Parse("""{"name":"More","dispositions":[{"name":"x","displayName":"x"}],"groups":[],…}""")
            .Check(tree[1], "the other group");
        Assert.False(tree[1]!.AsObject().ContainsKey("defaultGroup"));
        Assert.Equal(roots[0]!.GetValue<string>(), tree[0]!["groups"]![0]!["parentUri"]!.GetValue<string>());

        var sales = $"/api/v2{tree[0]!["groups"]![0]!["path"]}";
        var oneLevel = (await jun.Get($"{sales}?subresources=*")).Succeeded().Body["group"]!;
        Assert.Equal("later", oneLevel["dispositions"]![0]!["name"]!.GetValue<string>());
        Assert.False(oneLevel["groups"]![0]!.AsObject().ContainsKey("dispositions"));
        JsonPattern.Parse("""{"id":…,"name":"Sales","uri":…}""").Check(
            (await jun.Get($"{sales}?fields=name")).Body["group"], "the group alone");
        Assert.Equal(2, (await jun.Get("/api/v2/groups")).Body["uris"]!.AsArray().Count);
        Assert.Equal(3, (await jun.Get("/api/v2/dispositions")).Body["dispositions"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_demonstration_has_dispositions_to_choose_from()
    {
        await using var demo = await StartedServer.Demo();
        var answer = await demo.Get("/api/v2/dispositions").As("agent1:secret1").Send();
        Assert.InRange(answer.Json.GetProperty("dispositions").GetArrayLength(), 2, 10);
    }

    [Fact]
    public void Lists_and_their_values_have_names_of_their_own_and_one_default()
    {
        var (_, errors) = ContactCenterReader.Read(
            Encoding.UTF8.GetBytes(TestCenter.Text(
                """
                "businessAttributes": [
                  { "name": "a", "values": [ { "name": "x", "default": true }, { "name": "x" },
                                             { "name": "y", "default": true } ] },
                  { "name": "a" } ],
                """)), 1 << 18);
        Assert.Equal(
            [
                "businessAttributes[1].name: 'a' is taken by businessAttributes[0].",
                "businessAttributes[0].values[1].name: 'x' is taken by businessAttributes[0].values[0].",
                "businessAttributes[0].values[2].default: another value is the default already.",
            ],
            errors);
    }
}
