namespace Parley.Bayeux;

/// <summary>
/// Disconnects sessions in which nothing happens but connects: an open page that nobody looks at. It looks when a connect comes.
/// </summary>
/// <param name="signs">What counts as activity.</param>
/// <param name="maxInactivity">How long nothing may happen.</param>
public sealed class ActivityExtension(SignsOfLife signs, TimeSpan maxInactivity) : BayeuxExtension
{
    /// <inheritdoc/>
    protected internal override ValueTask<bool> Incoming(BayeuxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is { Channel: BayeuxMessage.Connect, Session: { } session } && IsIdle(session)) session.Disconnect();
        return new(true);
    }

    private bool IsIdle(BayeuxSession session) =>
        session.SinceLastMessage > maxInactivity && (signs is SignsOfLife.Client || session.SinceLastEvent > maxInactivity);
}
