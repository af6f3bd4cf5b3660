using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Parley.Bayeux;

/// <summary>The name of a Bayeux channel such as <c>/v2/me/chats</c>, or a pattern such as <c>/v2/**</c>.</summary>
/// <remarks>
/// Segments are non-empty, of ASCII letters, digits and <c>! # $ ( ) + - . @ _ { ~ }</c>, separated by single slashes,
/// without a trailing one; at most 256 bytes and 32 segments. <c>*</c> (exactly one more segment) and <c>**</c> (one or
/// more) are legal only as the whole last segment. <c>/meta</c> and <c>/service</c> alone are not names. Names are
/// case-sensitive.
/// </remarks>
public sealed class ChannelName : IEquatable<ChannelName>
{
    /// <summary>The longest legal name, in bytes.</summary>
    public const int MaxLength = 256;

    /// <summary>The most segments a legal name has.</summary>
    public const int MaxSegments = 32;

    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$()+-.@_{~}");

    private ChannelName(string text) => Text = text;

    /// <summary>The name as it travels.</summary>
    public string Text { get; }

    /// <summary>True if the last segment is <c>*</c> or <c>**</c>.</summary>
    public bool IsPattern => Text[^1] == '*';

    /// <summary>True below <c>/meta/</c>: the protocol's own channels.</summary>
    public bool IsMeta => Text.StartsWith("/meta/", StringComparison.Ordinal);

    /// <summary>True below <c>/service/</c>: from a client to the server only.</summary>
    public bool IsService => Text.StartsWith("/service/", StringComparison.Ordinal);

    /// <summary>
    /// The subscriptions that receive an event of this plain channel, widest first: for <c>/a/b</c> these are <c>/**</c>,
    /// <c>/a/**</c>, <c>/a/*</c> and <c>/a/b</c>. A pattern names only itself; meta and service channels are received by nobody.
    /// </summary>
    internal string[] Receivers() => IsService ? [] : IsPattern ? [Text] : Names();

    /// <summary>
    /// Every name that covers this one, widest first, itself the last: what a host declared for any of them holds for it. Meta
    /// channels have none, and nothing outside <c>/service/</c> covers a service channel. They are not kept: a queue full of
    /// events on deep channels would hold far more than its bytes.
    /// </summary>
    internal string[] Names() => IsMeta ? [] : FindNames();

    /// <summary>
    /// The name of that text; throws <see cref="FormatException"/> if it is none. For names in code and settings.
    /// </summary>
    public static ChannelName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("Not a Bayeux channel name.");

    /// <summary>Reads a name; false if it breaks the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ChannelName? name)
    {
        name = text is not null && IsLegal(text) ? new ChannelName(text) : null;
        return name is not null;
    }

    /// <summary>
    /// True if a subscription to this name receives events of <paramref name="channel"/>, which is a plain channel.
    /// </summary>
    public bool Matches(ChannelName channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Receivers().Contains(Text);
    }

    /// <summary>Whether two names are the same text.</summary>
    public static bool operator ==(ChannelName? one, ChannelName? other) => one is null ? other is null : one.Equals(other);

    /// <summary>Whether two names are different texts.</summary>
    public static bool operator !=(ChannelName? one, ChannelName? other) => !(one == other);

    /// <inheritdoc/>
    public bool Equals(ChannelName? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelName);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsLegal(string text)
    {
        if (text.Length is < 2 or > MaxLength || text[0] != '/' || text is "/meta" or "/service") return false;

        var rest = text.AsSpan(1);
        for (var segments = 1; segments <= MaxSegments; segments++)
        {
            var end = rest.IndexOf('/');
            if (end < 0) return rest is "*" or "**" || IsSegment(rest);
            if (!IsSegment(rest[..end])) return false;
            rest = rest[(end + 1)..];
        }
        return false;
    }

    private static bool IsSegment(ReadOnlySpan<char> segment) => segment.Length > 0 && !segment.ContainsAnyExcept(Letters);

    private string[] FindNames()
    {
        var found = new List<string>();
        var parent = Text.AsSpan(0, Text.LastIndexOf('/'));
        if (!IsService) found.Add("/**");
        for (var i = 1; i < Text.Length; i++)
        {
            if (Text[i] == '/') found.Add(string.Concat(Text.AsSpan(0, i), "/**"));
        }
        if (!IsPattern) found.Add(string.Concat(parent, "/*"));
        if (found.Count == 0 || found[^1] != Text) found.Add(Text);
        return [.. found];
    }
}
