using System.Text.Json;

namespace Parley.Server.Rest;

/// <summary>The sub-resources of one kind of resource, by name, in the order in which they are written.</summary>
/// <remarks>
/// <c>subresources=*</c> asks for all, a comma list for those it names; <c>**</c> is the same where nothing lies deeper. Unknown
/// names are ignored. Source: "Request Parameters".
/// </remarks>
internal sealed class Subresources<TOf>(IReadOnlyList<(string Name, Action<Utf8JsonWriter, TOf> Write)> all)
{
    /// <summary>The same, without those that are not named.</summary>
    public Subresources<TOf> Only(params string[] names) => new([.. all.Where(s => names.Contains(s.Name))]);

    /// <summary>Writes the members that <paramref name="chosen"/> asks for into an object that is open.</summary>
    public void Write(Utf8JsonWriter writer, TOf of, string? chosen)
    {
        foreach (var (name, write) in Chosen(chosen))
        {
            writer.WritePropertyName(name);
            write(writer, of);
        }
    }

    private IEnumerable<(string Name, Action<Utf8JsonWriter, TOf> Write)> Chosen(string? chosen)
    {
        if (string.IsNullOrEmpty(chosen)) return [];
        if (chosen is "*" or "**") return all;
        var names = CommaList.Of(chosen).ToHashSet(StringComparer.Ordinal);
        return all.Where(s => names.Contains(s.Name));
    }
}
