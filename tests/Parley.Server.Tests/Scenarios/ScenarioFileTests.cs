using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

/// <summary>The scenarios are well-formed before anything is played.</summary>
public sealed partial class ScenarioFileTests
{
    public static TheoryData<string> Names => [.. ScenarioFile.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_expectation_of_a_scenario_is_a_pattern(string name)
    {
        foreach (var step in ScenarioFile.Read(name).Steps)
            foreach (var expected in Expectations(step))
                Assert.NotNull(JsonPattern.Parse(expected));
    }

    [Fact]
    public void An_indented_line_continues_the_one_before() =>
        Assert.Equal(
            "hears {\"a\":1, \"b\":2}",
            Assert.Single(ScenarioFile.Parse(["# nothing", "", "Bob  hears {\"a\":1,", "     \"b\":2}"])).Text);

    [Theory]
    [InlineData("StatusChange #2 Revoked", """{"referenceId":2,"chat":{"state":"Revoked","capabilities":[],…},…}""")]
    [InlineData("ParticipantsUpdated of nobody", """{"chat":{"participants":[],…},"messageType":…,"notificationType":…}""")]
    [InlineData("PropertiesUpdated {\"Plan\":1}", """{"chat":{"userData":{"Plan":1},…},…}""")]
    [InlineData("Error #7", """{"notificationType":"Error","referenceId":7,"errorMessage":…,…}""")]
    [InlineData(
        "NewMessages 3 Text Bob to Agents \"A, 4 b\", 4 ParticipantLeft Ada",
        """{"messages":[{"index":3,"visibility":"Agents","text":"A, 4 b",…},{"index":4,"from":{"type":"Customer",…},…}],…}""")]
    public void What_is_heard_may_be_said_in_short(string text, string meant) =>
        JsonPattern.Parse(meant).Check(Json(Shorthand.Notification(text)), text);

    [Fact]
    public void A_customer_hears_one_event_after_the_other() =>
        Assert.Equal(
            ["Message", "PushUrl"], Shorthand.Events("3 Message Bob, 4 PushUrl Bob \"x\"").Select(e => $"{Json(e)["type"]}"));

    [Theory]
    [InlineData("StatusUpdate #2 Revoked")]
    [InlineData("NewMessages 3 Text")]
    [InlineData("NewMessages 3 Text Bob; 4 Text Bob")]
    [InlineData("nothing")]
    public void What_cannot_be_heard_is_no_expectation(string text) =>
        Assert.Throws<FormatException>(() => Shorthand.Notification(text));

    private static JsonNode Json(string pattern) => JsonNode.Parse(Regex.Replace(pattern.Replace(":…", ":0"), ",?…", ""))!;

    private static IEnumerable<string> Expectations(ScenarioStep step)
    {
        if (Answered().Match(step.Text) is { Success: true } answered) return [answered.Groups["json"].Value];
        if (Heard().Match(step.Text) is not { Success: true } heard) return [];
        var what = heard.Groups["what"].Value;
        return Cast.IsAgent(step.Subject) ? [Shorthand.Notification(what)] : Shorthand.Events(what);
    }

    [GeneratedRegex(@"^[A-Z]+ .* -> +\d{3} (?<json>.*)$")]
    private static partial Regex Answered();

    [GeneratedRegex(@"^hears (?!nothing more$|anything more$|the chat end$)(?<what>.*)$")]
    private static partial Regex Heard();
}
