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
            if (Expectation().Match(step.Text) is { Success: true } found)
                Assert.NotNull(JsonPattern.Parse(found.Groups["json"].Value));
    }

    [Fact]
    public void An_indented_line_continues_the_one_before() =>
        Assert.Equal(
            "hears {\"a\":1, \"b\":2}",
            Assert.Single(ScenarioFile.Parse(["# nothing", "", "Bob  hears {\"a\":1,", "     \"b\":2}"])).Text);

    [GeneratedRegex(@"^(hears (?=\{)|[A-Z]+ .* -> +\d{3} )(?<json>.*)$")]
    private static partial Regex Expectation();
}
