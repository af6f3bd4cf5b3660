using System.Text;

namespace Parley.Bayeux;

/// <summary>One event, <c>{"channel":"/news","data":…}</c>, serialised once for all its receivers.</summary>
public sealed class BayeuxEvent
{
    // "[" and "]" are kept around the object: alone in its frame, an event is sent without being copied.
    private readonly byte[] framed;

    private BayeuxEvent(ChannelName channel, byte[] framed)
    {
        Channel = channel;
        this.framed = framed;
    }

    /// <summary>The plain channel the event belongs to.</summary>
    public ChannelName Channel { get; }

    /// <summary>The JSON object as it travels.</summary>
    public ReadOnlyMemory<byte> Json => framed.AsMemory(1, framed.Length - 2);

    /// <summary>The size of <see cref="Json"/> in bytes.</summary>
    public int Length => framed.Length - 2;

    /// <summary>The event as a whole payload: a JSON array of one.</summary>
    internal ReadOnlyMemory<byte> Payload => framed;

    /// <summary>
    /// An event of a plain channel; <paramref name="data"/> is one well-formed JSON value in UTF-8 (not checked) and is copied
    /// byte by byte. Throws <see cref="ArgumentException"/> for a pattern or empty data.
    /// </summary>
    public static BayeuxEvent Create(ChannelName channel, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.IsPattern) throw new ArgumentException("An event belongs to a plain channel.", nameof(channel));
        if (data.IsEmpty) throw new ArgumentException("An event has data; write null rather than nothing.", nameof(data));

        var head = "[{\"channel\":\""u8;
        var middle = "\",\"data\":"u8;
        var tail = "}]"u8;
        var framed = new byte[head.Length + channel.Text.Length + middle.Length + data.Length + tail.Length];

        head.CopyTo(framed);
        var at = head.Length + Encoding.ASCII.GetBytes(channel.Text, framed.AsSpan(head.Length));
        middle.CopyTo(framed.AsSpan(at));
        data.CopyTo(framed.AsSpan(at + middle.Length));
        tail.CopyTo(framed.AsSpan(framed.Length - tail.Length));
        return new BayeuxEvent(channel, framed);
    }
}
