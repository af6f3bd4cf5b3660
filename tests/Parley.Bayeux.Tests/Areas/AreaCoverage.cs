using System.Reflection;
using System.Text;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>Which tests replay which area, read from their <see cref="AreaAttribute"/>s, and the document that says so.</summary>
internal static class AreaCoverage
{
    /// <summary>Every name of an area that any test carries, with the tests that do, in alphabetical order.</summary>
    public static ILookup<(string Suite, string Area), string> Tests { get; } =
        (from type in typeof(AreaCoverage).Assembly.GetTypes()
         from test in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
         from area in type.GetCustomAttributes<AreaAttribute>().Concat(test.GetCustomAttributes<AreaAttribute>()).Distinct()
         orderby type.Name, test.Name
         select (area.Suite, area.Area, Name: $"`{type.Name}`: {test.Name.Replace('_', ' ')}"))
        .ToLookup(found => (found.Suite, found.Area), found => found.Name);

    /// <summary>The whole of <c>docs/bayeux-coverage.md</c>.</summary>
    public static string Document()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # What the Bayeux tests replay

            The areas of the test suites of CometD's servers and clients and of Faye, and the tests of `tests/Parley.Bayeux.Tests`
            that replay them: over the raw wire, with a client library as it is, or with something of the host's inside the server
            (a hook). The last three tables are promises beyond those suites. Generated from the tests; `AreasTests` says how.

            """);
        foreach (var suite in AreaTable.Rows.GroupBy(row => row.Suite))
        {
            text.Append($"\n## {suite.Key}\n\n| Area | How | Tests |\n|---|---|---|\n");
            foreach (var row in suite) text.Append($"| {row.Name} | {How(row)} | {Cell(row)} |\n");
        }
        return text.ToString();
    }

    private static string How(Area row) => row.How switch
    {
        Replay.Wire => "wire",
        Replay.Client => "client",
        Replay.Hook => "hook",
        _ => "not replayed",
    };

    private static string Cell(Area row) => row.How is Replay.None
        ? row.Why
        : string.Join("<br>", Tests[(row.Suite, row.Name)]);
}
