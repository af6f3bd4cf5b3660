using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>One event, <c>{"channel":"/news","data":…}</c>, serialised once for all its receivers.</summary>
public sealed class BayeuxEvent
{
    // "[" and "]" are kept around the object: alone in its frame, an event is sent without being copied.
    private readonly byte[] framed;
    private int queues;

    // Where the "}" of its ext is; 0 if it has none.
    private readonly int extEnd;

    private BayeuxEvent(ChannelName channel, byte[] framed, int extEnd, TimeSpan? lazy)
    {
        Channel = channel;
        this.framed = framed;
        this.extEnd = extEnd;
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
    /// An event of a plain channel; <paramref name="data"/> is one well-formed JSON value in UTF-8 (not checked) and is copied
    /// byte by byte. Throws <see cref="ArgumentException"/> for a pattern or empty data.
    /// </summary>
    public static BayeuxEvent Create(ChannelName channel, ReadOnlySpan<byte> data) => Create(channel, data, more: [], ext: []);

    /// <summary>The same event, content to wait that long until something else is sent to its receiver.</summary>
    public BayeuxEvent Lazily(TimeSpan atMost) => new(Channel, framed, extEnd, atMost);

    /// <summary>The same event with one more member, as extensions add; it is to be serialised for each such copy.</summary>
    public BayeuxEvent With(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "channel" or "data" or "advice" or "clientId" or "id" or "successful" or "error" or "ext")
            throw new ArgumentException("Clients would take it for something else; to ext adds WithExt.", nameof(name));
        return new BayeuxEvent(Channel, Longer("," + Member(name, value), framed.Length - 2), extEnd, Laziness);
    }

    /// <summary>The same event with one more member of its <c>ext</c>; it is to be serialised for each such copy.</summary>
    public BayeuxEvent WithExt(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var (text, at, behind) = extEnd > 0
            ? ("," + Member(name, value), extEnd, framed.Length - extEnd)
            : (",\"ext\":{" + Member(name, value) + "}", framed.Length - 2, "}}]".Length);
        var longer = Longer(text, at);
        return new BayeuxEvent(Channel, longer, longer.Length - behind, Laziness);
    }

    /// <summary>The answer to a remote call: an event that the caller finds by the id of its request.</summary>
    internal static BayeuxEvent CreateAnswer(ChannelName channel, string id, bool successful, ReadOnlySpan<byte> data) =>
        Create(
            channel, data, Encoding.ASCII.GetBytes($",\"id\":\"{id}\",\"successful\":{(successful ? "true" : "false")}"), ext: []);

    /// <summary>An event with an <c>ext</c>, which is a JSON object with members; or with none, if it is empty.</summary>
    internal static BayeuxEvent CreateWithExt(ChannelName channel, ReadOnlySpan<byte> data, ReadOnlySpan<byte> ext) =>
        Create(channel, data, ext.IsEmpty ? [] : ",\"ext\":"u8, ext);

    private static string Member(string name, JsonNode? value) =>
        $"{JsonValue.Create(name).ToJsonString()}:{value?.ToJsonString() ?? "null"}";

    // Members between the data and the end: "more" as it is, of which the ext is the last.
    private static BayeuxEvent Create(
        ChannelName channel, ReadOnlySpan<byte> data, ReadOnlySpan<byte> more, ReadOnlySpan<byte> ext)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.IsPattern) throw new ArgumentException("An event belongs to a plain channel.", nameof(channel));
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
        return new BayeuxEvent(channel, framed, ext.IsEmpty ? 0 : framed.Length - tail.Length - 1, lazy: null);
    }

    private byte[] Longer(string text, int at) =>
        [.. framed.AsSpan(0, at), .. Encoding.UTF8.GetBytes(text), .. framed.AsSpan(at)];
}
