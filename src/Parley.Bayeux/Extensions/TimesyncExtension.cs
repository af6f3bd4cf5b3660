using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>
/// <c>ext.timesync</c>: tells clients how far their clocks are from the server's, with the time their message spent here left
/// out.
/// </summary>
/// <remarks>
/// A client sends <c>{"tc":its time,"l":its lag,"o":its offset}</c> with any message to a meta channel; the reply has
/// <c>{"tc":…,"ts":time of receipt,"p":milliseconds until the reply left,"a":how wrong l and o are}</c>, and nothing if the
/// client is right to 25 ms already.
/// </remarks>
public sealed class TimesyncExtension(TimeProvider? time = null) : BayeuxExtension
{
    private const long GoodEnoughMs = 25;

    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    protected internal override ValueTask<bool> Incoming(BayeuxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var asked = ExtMembers.Find(message.Ext.Span, "timesync"u8);
        if (IsMeta(message.Channel) && ExtMembers.FindNumber(asked, "tc"u8) is { } clientTime)
        {
            var (lag, offset) = (ExtMembers.FindNumber(asked, "l"u8), ExtMembers.FindNumber(asked, "o"u8));
            message.Note(this, new Asked(clientTime, lag, offset ?? 0, Now, time.GetTimestamp()));
        }
        return new(true);
    }

    /// <inheritdoc/>
    protected internal override void OutgoingReply(BayeuxReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.NoteOf(this) is not Asked asked) return;

        var error = asked.ClientTime + asked.Offset + (asked.Lag ?? 0) - asked.Received;
        if (asked.Lag is not (null or 0) && Math.Abs(error) < GoodEnoughMs) return;

        var answer = new JsonObject
        {
            ["tc"] = asked.ClientTime,
            ["ts"] = asked.Received,
            ["p"] = (long)time.GetElapsedTime(asked.Stamp).TotalMilliseconds,
        };
        if (asked.Lag is not null) answer["a"] = error;
        reply.AddExt("timesync", answer);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static bool IsMeta(string? channel) => channel?.StartsWith("/meta/", StringComparison.Ordinal) == true;

    private sealed record Asked(long ClientTime, long? Lag, long Offset, long Received, long Stamp);
}
