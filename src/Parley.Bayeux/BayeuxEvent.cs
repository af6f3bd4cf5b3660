using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>One event, <c>{"channel":"/news","data":…}</c>, serialised once for all its receivers.</summary>
public sealed class BayeuxEvent
{
    // "[" and "]" are kept around the object: alone in its frame, an event is sent without being copied.
    private readonly byte[] framed;

    private BayeuxEvent(ChannelName channel, byte[] framed, TimeSpan? lazy)
    {
        Channel = channel;
        this.framed = framed;
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

    /// <summary>The event as a whole payload: a JSON array of one.</summary>
    internal ReadOnlyMemory<byte> Payload => framed;

    /// <summary>
    /// An event of a plain channel; <paramref name="data"/> is one well-formed JSON value in UTF-8 (not checked) and is copied
    /// byte by byte. Throws <see cref="ArgumentException"/> for a pattern or empty data.
    /// </summary>
    public static BayeuxEvent Create(ChannelName channel, ReadOnlySpan<byte> data) => Create(channel, data, more: []);

    /// <summary>The same event, content to wait that long until something else is sent to its receiver.</summary>
    public BayeuxEvent Lazily(TimeSpan atMost) => new(Channel, framed, atMost);

    /// <summary>The same event with one more member, as extensions add; it is to be serialised for each such copy.</summary>
    public BayeuxEvent With(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "channel" or "data" or "advice" or "clientId" or "id" or "successful" or "error")
            throw new ArgumentException("Clients would take it for something else.", nameof(name));

        var member = Encoding.UTF8.GetBytes($",{JsonValue.Create(name).ToJsonString()}:{value?.ToJsonString() ?? "null"}" + "}]");
        byte[] longer = [.. framed.AsSpan(0, framed.Length - 2), .. member];
        return new BayeuxEvent(Channel, longer, Laziness);
    }

    /// <summary>The answer to a remote call: an event that the caller finds by the id of its request.</summary>
    internal static BayeuxEvent CreateAnswer(ChannelName channel, string id, bool successful, ReadOnlySpan<byte> data) =>
        Create(channel, data, Encoding.ASCII.GetBytes($",\"id\":\"{id}\",\"successful\":{(successful ? "true" : "false")}"));

    /// <summary>An event with more members behind its data: <c>,"name":value</c> each.</summary>
    internal static BayeuxEvent Create(ChannelName channel, ReadOnlySpan<byte> data, ReadOnlySpan<byte> more)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.IsPattern) throw new ArgumentException("An event belongs to a plain channel.", nameof(channel));
        if (data.IsEmpty) throw new ArgumentException("An event has data; write null rather than nothing.", nameof(data));

        var head = "[{\"channel\":\""u8;
        var middle = "\",\"data\":"u8;
        var tail = "}]"u8;
        var framed = new byte[head.Length + channel.Text.Length + middle.Length + data.Length + more.Length + tail.Length];

        head.CopyTo(framed);
        var at = head.Length + Encoding.ASCII.GetBytes(channel.Text, framed.AsSpan(head.Length));
        middle.CopyTo(framed.AsSpan(at));
        data.CopyTo(framed.AsSpan(at + middle.Length));
        more.CopyTo(framed.AsSpan(at + middle.Length + data.Length));
        tail.CopyTo(framed.AsSpan(framed.Length - tail.Length));
        return new BayeuxEvent(channel, framed, lazy: null);
    }
}
