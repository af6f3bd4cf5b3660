using System.Globalization;

namespace Parley.Bayeux;

/// <summary>
/// Gives every reply and event a <c>timestamp</c>, such as <c>2026-11-21T13:05:00.123Z</c>: when it was written, or published.
/// </summary>
public sealed class TimestampExtension(TimeProvider? time = null) : BayeuxExtension
{
    private const string Member = "timestamp";

    private readonly TimeProvider time = time ?? TimeProvider.System;

    private string Now => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected internal override void OutgoingReply(BayeuxReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        reply.SetTimestamp(Now);
    }

    /// <inheritdoc/>
    protected internal override BayeuxEvent? OutgoingEvent(BayeuxEvent evt, BayeuxSession? receiver)
    {
        ArgumentNullException.ThrowIfNull(evt);
        return evt.With(Member, Now);
    }
}
