using System.Globalization;
using System.Reflection;

namespace Parley.Log;

/// <summary>A numbered file of an engine's folder <c>schema/</c>, embedded in its assembly: <c>0001-event-log.sql</c>.</summary>
public sealed record SchemaFile(int Number, string Name, string Sql)
{
    /// <summary>Those of an assembly, in their order.</summary>
    public static IReadOnlyList<SchemaFile> Of(Assembly assembly)
    {
        var folder = $"{assembly.GetName().Name}.schema.";
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Select(resource =>
            {
                var name = resource[folder.Length..];
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return new SchemaFile(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            }).OrderBy(file => file.Number),
        ];
    }
}
