using System.Text.Json;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>Some items of a collection, one after the other in it.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="TotalCount">How many there are on all pages.</param>
/// <param name="IsCounted">Whether the answer says how many there are.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, int TotalCount, bool IsCounted)
{
    /// <summary>The only page of its collection.</summary>
    public static Page<T> Whole(IReadOnlyList<T> items) => new(items, items.Count, IsCounted: false);

    /// <summary>The page with something else made of each item.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> make) => new([.. Items.Select(make)], TotalCount, IsCounted);

    /// <summary><c>{"statusCode":0,"totalCount":2,"contacts":[…]}</c>, the total only where it is to be said.</summary>
    public ApiAnswer Answer(string name, Action<Utf8JsonWriter, T> write) => ApiAnswer.With(writer =>
    {
        if (IsCounted) writer.WriteNumber("totalCount"u8, TotalCount);
        writer.WriteStartArray(name);
        foreach (var item in Items) write(writer, item);
        writer.WriteEndArray();
    });
}
