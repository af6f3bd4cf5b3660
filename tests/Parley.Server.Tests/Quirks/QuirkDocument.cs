using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Parley.Server.Tests.Scenarios;

namespace Parley.Server.Tests.Quirks;

/// <summary>
/// <c>docs/quirks.md</c>, whose rows are written by hand except for the last column: the tests that carry the row's number, in
/// an attribute or, as scenarios do, in the first line.
/// </summary>
internal static partial class QuirkDocument
{
    /// <summary>Every number that any test carries, with the tests that do, in alphabetical order.</summary>
    public static ILookup<string, string> Tests { get; } =
        (from type in typeof(QuirkDocument).Assembly.GetTypes()
         from test in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
         from number in Numbers(type).Concat(Numbers(test)).Distinct()
         orderby type.Name, test.Name
         select (Number: number, Name: $"`{type.Name}`: {test.Name.Replace('_', ' ')}"))
        .Concat(
            from scenario in ScenarioFile.Names()
            from number in InScenario().Matches(ScenarioFile.FirstLine(scenario))
            orderby scenario
            select (Number: number.Groups["number"].Value, Name: $"`{scenario}.scenario`"))
        .ToLookup(found => found.Number, found => found.Name);

    public static string Path { get; } = PathFrom();

    /// <summary>The number of each row, from top to bottom.</summary>
    public static IEnumerable<string> Rows(string document) => Row().Matches(document).Select(row => row.Groups["number"].Value);

    /// <summary>The document with the last column as the tests are now.</summary>
    public static string WithTests(string document) => Row().Replace(
        document, row => $"{row.Groups["said"].Value} {string.Join("<br>", Tests[row.Groups["number"].Value])} |");

    private static IEnumerable<string> Numbers(MemberInfo of) =>
        of.GetCustomAttributes<QuirkAttribute>().Select(q => q.Number)
            .Concat(of.GetCustomAttributes<ConstraintAttribute>().Select(c => c.Number));

    [GeneratedRegex(@"^(?<said>\| (?<number>A?\d+) \|.*\|)[^|\n]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\(Quirk (?<number>\d+)\)")]
    private static partial Regex InScenario();

    private static string PathFrom([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "quirks.md"));
}
