namespace Parley.Bayeux.Transports;

/// <summary>A payload to a client: one JSON array, events before replies.</summary>
internal static class Frame
{
    public static void Write(PooledBuffer frame, TakenEvents events, ReplyBuffer? replies)
    {
        frame.Write("["u8);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0) frame.Write(","u8);
            frame.Write(events[i].Json.Span);
        }
        if (replies is { Length: > 0 })
        {
            if (events.Count > 0) frame.Write(","u8);
            frame.Write(replies.Written.Span);
        }
        frame.Write("]"u8);
    }
}
