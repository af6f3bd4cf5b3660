using System.Runtime.CompilerServices;

namespace Parley.Server.Tests.Scenarios;

/// <summary>One line of a scenario: who, and what is said about them.</summary>
internal sealed record ScenarioStep(int Line, string Subject, string Text)
{
    public override string ToString() => $"line {Line}: {Subject} {Text}";
}

/// <summary>A <c>.scenario</c> file as a list of steps; README.md beside this file describes the language.</summary>
internal sealed record ScenarioFile(string Name, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>The names of all scenarios there are.</summary>
    public static IReadOnlyList<string> Names() =>
        [
            .. Directory.GetFiles(Folder(), "*.scenario").Select(f => Path.GetFileNameWithoutExtension(f))
                .Order(StringComparer.Ordinal),
        ];

    public static ScenarioFile Read(string name) => new(name, Parse(File.ReadAllLines(PathOf(name))));

    /// <summary>What the scenario says it is about, and where that is described.</summary>
    public static string FirstLine(string name) => File.ReadLines(PathOf(name)).First();

    /// <summary>Cuts lines into steps: comments and empty lines go, an indented line continues the one before.</summary>
    public static IReadOnlyList<ScenarioStep> Parse(IReadOnlyList<string> lines)
    {
        var steps = new List<ScenarioStep>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0 || line[0] == '#') continue;
            if (char.IsWhiteSpace(line[0]))
            {
                if (steps.Count == 0) throw new FormatException($"line {i + 1} continues nothing");
                steps[^1] = steps[^1] with { Text = $"{steps[^1].Text} {line.Trim()}" };
                continue;
            }
            var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2) throw new FormatException($"line {i + 1} says nothing about {words[0]}");
            steps.Add(new ScenarioStep(i + 1, words[0], words[1].Trim()));
        }
        return steps;
    }

    private static string PathOf(string name) => Path.Combine(Folder(), name + ".scenario");

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
