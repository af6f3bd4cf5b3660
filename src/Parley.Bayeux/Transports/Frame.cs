namespace Parley.Bayeux.Transports;

/// <summary>A payload to a client: one JSON array, events before replies.</summary>
internal static class Frame
{
    public static void Write(PooledBuffer frame, TakenEvents events, ReplyBuffer? replies) =>
        Write(frame, events, 0, events.Count, replies);

    /// <summary>Writes the events from <paramref name="start"/> up to <paramref name="end"/>, and the replies behind them.</summary>
    public static void Write(PooledBuffer frame, TakenEvents events, int start, int end, ReplyBuffer? replies)
    {
        frame.Write("["u8);
        for (var i = start; i < end; i++)
        {
            if (i > start) frame.Write(","u8);
            frame.Write(events[i].Json.Span);
        }
        if (replies is { Length: > 0 })
        {
            if (end > start) frame.Write(","u8);
            frame.Write(replies.Written.Span);
        }
        frame.Write("]"u8);
    }
}
