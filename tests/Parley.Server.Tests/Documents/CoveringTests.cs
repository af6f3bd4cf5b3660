using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Parley.Server.Tests.Scenarios;

namespace Parley.Server.Tests.Documents;

/// <summary>
/// Which tests are about which operation or notification: scenarios by what they say, others by <see
/// cref="CoversAttribute"/>.
/// </summary>
internal static partial class CoveringTests
{
    private static readonly IReadOnlyList<(string Name, string FirstLine, string Heard)> Scenarios =
        [.. ScenarioFile.Names().Select(Read)];

    /// <summary>The names that tests carry in their attribute, with the tests.</summary>
    public static ILookup<string, string> Attributed { get; } =
        (from type in typeof(CoveringTests).Assembly.GetTypes()
         from test in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
         let covers = type.GetCustomAttributes<CoversAttribute>().Concat(test.GetCustomAttributes<CoversAttribute>())
         from name in covers.SelectMany(c => c.Names).Distinct()
         orderby type.Name, test.Name
         select (Name: name, Test: $"`{type.Name}`: {test.Name.Replace('_', ' ')}"))
        .ToLookup(found => found.Name, found => found.Test);

    /// <summary>Scenarios whose first line quotes one of the names, and tests that carry the first.</summary>
    public static IEnumerable<string> OfOperation(IReadOnlyList<string> names) =>
        Scenarios.Where(s => Quoted().Matches(s.FirstLine).Any(q => names.Contains(q.Groups["page"].Value)))
            .Select(s => $"`{s.Name}.scenario`")
            .Concat(Attributed[names[0]]);

    /// <summary>Scenarios in which an agent hears the notification on its chats.</summary>
    public static IEnumerable<string> ThatHear(string messageType, string notificationType) =>
        Scenarios.Where(s => s.Heard.Contains(
            notificationType == "NewMessages"
                ? $"\"messageType\":\"{messageType}\""
                : $"\"notificationType\":\"{notificationType}\"",
            StringComparison.Ordinal)).Select(s => $"`{s.Name}.scenario`");

    private static (string, string, string) Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), $"{name}.scenario"));
        var heard = ScenarioFile.Parse(lines).Where(step => step.Text.StartsWith("hears", StringComparison.Ordinal));
        return (name, lines[0], string.Join('\n', heard.Select(step => step.Text)));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Scenarios");

    [GeneratedRegex("\"(?<page>[^\"]+)\"")]
    private static partial Regex Quoted();
}
