using System.Collections;
using System.Collections.Frozen;

namespace Parley.Server.Provisioning;

/// <summary>Something with an id and a name, both unique among its kind.</summary>
internal interface INamed<out TId>
{
    TId Id { get; }

    string Name { get; }
}

/// <summary>All things of one kind in the order of the file, found by id or by name.</summary>
internal sealed class Catalog<TId, T>(IReadOnlyList<T> items, StringComparer names) : IReadOnlyList<T>
    where TId : notnull
    where T : class, INamed<TId>
{
    private readonly FrozenDictionary<TId, T> byId = items.ToFrozenDictionary(i => i.Id);
    private readonly FrozenDictionary<string, T> byName = items.ToFrozenDictionary(i => i.Name, names);

    public int Count => items.Count;

    public T this[int index] => items[index];

    public T? ById(TId id) => byId.GetValueOrDefault(id);

    public T? ByName(string name) => byName.GetValueOrDefault(name);

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
