using System.Runtime.CompilerServices;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>Every area of other people's test suites that can be replayed is, and the document says by which tests.</summary>
public sealed class AreasTests
{
    /// <summary>Set to anything, it makes the tests write the document anew.</summary>
    private const string WriteVariable = "PARLEY_WRITE_DOCUMENTS";

    [Fact]
    public void Every_area_that_can_be_replayed_has_a_test()
    {
        var missing = AreaTable.Rows.Where(row => row.How is not Replay.None)
            .Select(row => (row.Suite, row.Name))
            .Where(area => !AreaCoverage.Tests.Contains(area))
            .ToList();
        AssertNone("has no test", missing);
    }

    [Fact]
    public void No_test_names_an_area_that_cannot_be_replayed()
    {
        var replayable = AreaTable.Rows.Where(row => row.How is not Replay.None).Select(row => (row.Suite, row.Name)).ToHashSet();
        AssertNone("is named by a test", AreaCoverage.Tests.Select(area => area.Key).Where(area => !replayable.Contains(area)));
    }

    [Fact]
    public void Each_area_is_listed_once_and_one_that_is_not_replayed_says_why()
    {
        Assert.Equal(AreaTable.Rows.Count, AreaTable.Rows.Select(row => (row.Suite, row.Name)).Distinct().Count());
        Assert.All(AreaTable.Rows, row => Assert.Equal(row.How is Replay.None, row.Why.Length > 0));
    }

    [Fact]
    public void The_document_says_which_tests_replay_which_area()
    {
        var path = DocumentPath();
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null) File.WriteAllText(path, AreaCoverage.Document());
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == AreaCoverage.Document(),
            $"docs/bayeux-coverage.md is not up to date: run this test with {WriteVariable}=1.");
    }

    private static void AssertNone(string wrong, IEnumerable<(string Suite, string Area)> areas)
    {
        var lines = areas.Select(area => $"(\"{area.Suite}\", \"{area.Area}\"), // {wrong}").ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "bayeux-coverage.md"));
}
