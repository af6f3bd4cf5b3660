using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Bayeux;

/// <summary>One event, <c>{"channel":"/news","data":…}</c>, serialised once for all its receivers.</summary>
public sealed class BayeuxEvent
{
    // "[" and "]" are kept around the object: alone in its frame, an event is sent without being copied.
    private readonly byte[] framed;
    private int queues;

    // Where the data ends: here is the comma before the next member, or the end of the object.
    private readonly int dataEnd;

    private BayeuxEvent(ChannelName channel, byte[] framed, int dataEnd, TimeSpan? lazy)
    {
        Channel = channel;
        this.framed = framed;
        this.dataEnd = dataEnd;
        Laziness = lazy;
    }

    /// <summary>The plain channel the event belongs to.</summary>
    public ChannelName Channel { get; }

    /// <summary>The JSON object as it travels.</summary>
    public ReadOnlyMemory<byte> Json => framed.AsMemory(1, framed.Length - 2);

    /// <summary>The size of <see cref="Json"/> in bytes.</summary>
    public int Length => framed.Length - 2;

    /// <summary>How long the event may wait for others to travel with; null if it leaves at once.</summary>
    public TimeSpan? Laziness { get; }

    /// <summary>One more queue holds it; how many do now.</summary>
    internal int CountIn() => Interlocked.Increment(ref queues);

    /// <summary>One queue fewer holds it; how many do now.</summary>
    internal int CountOut() => Interlocked.Decrement(ref queues);

    /// <summary>The event as a whole payload: a JSON array of one.</summary>
    internal ReadOnlyMemory<byte> Payload => framed;

    /// <summary>
    /// An event of a plain channel; <paramref name="data"/> is one well-formed JSON value in UTF-8 and is copied byte by byte.
    /// It is not checked: what is no JSON breaks the answer it travels in. Throws <see cref="ArgumentException"/> for a pattern,
    /// a meta channel or empty data.
    /// </summary>
    public static BayeuxEvent Create(ChannelName channel, ReadOnlySpan<byte> data) => Create(channel, data, more: [], ext: []);

    /// <summary>
    /// An event of a plain channel whose data is <paramref name="value"/> as JSON, written as <paramref name="shape"/> says: of a
    /// <c>JsonSerializerContext</c>, or of the options a host serialises by. Throws <see cref="ArgumentException"/> for a pattern
    /// or a meta channel.
    /// </summary>
    public static BayeuxEvent Create<T>(ChannelName channel, T value, JsonTypeInfo<T> shape) =>
        Create(channel, JsonSerializer.SerializeToUtf8Bytes(value, shape));

    /// <summary>The same event, content to wait that long until something else is sent to its receiver.</summary>
    public BayeuxEvent Lazily(TimeSpan atMost) => new(Channel, framed, dataEnd, atMost);

    /// <summary>
    /// The same event with one more member, as extensions add, or with another value of one added before; it is to be serialised
    /// for each such copy.
    /// </summary>
    public BayeuxEvent With(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "channel" or "data" or "advice" or "clientId" or "id" or "successful" or "error" or "ext")
            throw new ArgumentException("Clients would take it for something else; to ext adds WithExt.", nameof(name));
        return With(name, value, Members);
    }

    /// <summary>
    /// The same event with one more member of its <c>ext</c>, or with another value of one it has; it is to be serialised for
    /// each such copy.
    /// </summary>
    public BayeuxEvent WithExt(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Find("ext", Members) is { } ext
            ? With(name, value, ext)
            : Spliced(",\"ext\":{" + Member(name, value) + "}", (Members.End - 1, Members.End - 1));
    }

    /// <summary>The answer to a remote call: an event that the caller finds by the id of its request.</summary>
    internal static BayeuxEvent CreateAnswer(ChannelName channel, string id, bool successful, ReadOnlySpan<byte> data) =>
        Create(
            channel, data, Encoding.ASCII.GetBytes($",\"id\":\"{id}\",\"successful\":{(successful ? "true" : "false")}"),
            ext: []);

    /// <summary>An event with an <c>ext</c>, which is a JSON object with members; or with none, if it is empty.</summary>
    internal static BayeuxEvent CreateWithExt(ChannelName channel, ReadOnlySpan<byte> data, ReadOnlySpan<byte> ext) =>
        Create(channel, data, ext.IsEmpty ? [] : ",\"ext\":"u8, ext);

    private static string Member(string name, JsonNode? value) => $"{JsonValue.Create(name).ToJsonString()}:{Text(value)}";

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";

    // Members between the data and the end: "more" as it is, of which the ext is the last.
    private static BayeuxEvent Create(
        ChannelName channel, ReadOnlySpan<byte> data, ReadOnlySpan<byte> more, ReadOnlySpan<byte> ext)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.IsPattern) throw new ArgumentException("An event belongs to a plain channel.", nameof(channel));
        if (channel.IsMeta) throw new ArgumentException("Clients take what comes on meta channels for replies.", nameof(channel));
        if (data.IsEmpty) throw new ArgumentException("An event has data; write null rather than nothing.", nameof(data));

        var head = "[{\"channel\":\""u8;
        var middle = "\",\"data\":"u8;
        var tail = "}]"u8;
        var size = head.Length + channel.Text.Length + middle.Length + data.Length + more.Length + ext.Length + tail.Length;
        var framed = new byte[size];

        head.CopyTo(framed);
        var at = head.Length + Encoding.ASCII.GetBytes(channel.Text, framed.AsSpan(head.Length));
        middle.CopyTo(framed.AsSpan(at));
        data.CopyTo(framed.AsSpan(at + middle.Length));
        more.CopyTo(framed.AsSpan(at + middle.Length + data.Length));
        ext.CopyTo(framed.AsSpan(framed.Length - tail.Length - ext.Length));
        tail.CopyTo(framed.AsSpan(framed.Length - tail.Length));
        return new BayeuxEvent(channel, framed, at + middle.Length + data.Length, lazy: null);
    }

    // The members behind the data, up to and with the brace that ends them.
    private (int Start, int End) Members => (dataEnd, framed.Length - 1);

    private BayeuxEvent With(string name, JsonNode? value, (int Start, int End) members) =>
        Find(name, members) is { } old
            ? Spliced(Text(value), old)
            : Spliced("," + Member(name, value), (members.End - 1, members.End - 1));

    // Where the value of one of these members is, if it is there.
    private (int Start, int End)? Find(string name, (int Start, int End) members)
    {
        var (start, end) = members;
        if (end - start == 1) return null;

        byte[] json = [(byte)'{', .. framed.AsSpan((start + 1)..end)];
        var found = ExtMembers.Find(json, Encoding.UTF8.GetBytes(name));
        return json.AsSpan().Overlaps(found, out var at) ? (start + at, start + at + found.Length) : null;
    }

    private BayeuxEvent Spliced(string text, (int Start, int End) place) =>
        new(
            Channel, [.. framed.AsSpan(0, place.Start), .. Encoding.UTF8.GetBytes(text), .. framed.AsSpan(place.End)], dataEnd,
            Laziness);
}
