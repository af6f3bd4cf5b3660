namespace Parley.Server.Operation.Metrics;

/// <summary>The tags of one series, compared as they were given: looking one up makes no object.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags)
{
    public static readonly TagSet Overflow = new([new("overflow", "true")]);

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    public static IEqualityComparer<TagSet> ByValue { get; } = new Comparer();

    private sealed class Comparer
        : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());

        public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Raw, y));

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            var own = other.Raw;
            if (alternate.Length != own.Length) return false;
            for (var i = 0; i < own.Length; i++)
            {
                if (alternate[i].Key != own[i].Key || !Equals(alternate[i].Value, own[i].Value)) return false;
            }
            return true;
        }

        public int GetHashCode(TagSet obj) => GetHashCode(obj.Raw);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = default(HashCode);
            foreach (var (key, value) in alternate)
            {
                hash.Add(key);
                hash.Add(value);
            }
            return hash.ToHashCode();
        }
    }

    private KeyValuePair<string, object?>[] Raw => tags;
}
