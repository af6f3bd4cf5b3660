using System.Reflection;
using System.Runtime.CompilerServices;
using Parley.Server.Hosting;

namespace Parley.Server.Tests;

/// <summary>The document of settings says all there is.</summary>
public sealed class SettingsDocumentTests
{
    [Fact]
    public void Every_setting_is_in_the_document_with_its_default()
    {
        var document = File.ReadAllText(Document());
        var options = typeof(RoutingOptions).Assembly.GetTypes()
            .Where(t => t is { Namespace: { } space } && space.StartsWith("Parley.Server", StringComparison.Ordinal)
                && (t.Name.EndsWith("Options", StringComparison.Ordinal) || t.Name == "WireStyle"));
        var missing = options.SelectMany(t => Rows(t)).Where(row => !document.Contains(row, StringComparison.Ordinal));

        Assert.Equal([], missing);
    }

    private static IEnumerable<string> Rows(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => p.Name == "MaxConcurrentHashes"
                ? $"| `{p.Name}` | cores |"
                : $"| `{p.Name}` | {Written(p.GetValue(defaults))} |");
    }

    private static string Written(object? value) => value switch
    {
        string[] list => list.Length == 0 ? "none" : string.Join(", ", list),
        string { Length: 0 } or null => "none",
        bool truth => truth ? "true" : "false",
        _ => $"{value}",
    };

    private static string Document([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "settings.md");
}
