namespace Parley.Chats;

/// <summary>For how long a chat may be quiet before something is done about it.</summary>
/// <param name="Alert">From the last activity to the first warning; zero switches all of it off.</param>
/// <param name="SecondAlert">From the first warning to the second; zero for no second.</param>
/// <param name="Close">From the last warning to the end; zero for no end.</param>
/// <param name="Counted">Which notices end the quiet as well.</param>
/// <remarks>Source: "ChatInactivity", "ChatWorkflow".</remarks>
public sealed record IdleTimes(TimeSpan Alert, TimeSpan SecondAlert, TimeSpan Close, IdleNotices Counted = IdleNotices.None);

/// <summary>The next step against the quiet of a chat, if it stays as quiet as it is.</summary>
/// <param name="Due">When it is to be taken.</param>
/// <param name="Measure">What is to be done.</param>
/// <param name="Next">What follows a warning if nobody answers it.</param>
/// <param name="Within">After how long; zero if nothing follows.</param>
public sealed record IdlePlan(
    DateTimeOffset Due, IdleMeasure Measure, IdleStep Next = IdleStep.Close, TimeSpan Within = default)
{
    /// <summary>
    /// The next step for the chat as it is; null where nothing will be done. Only while an agent serves the customer: whoever
    /// waits is not idle.
    /// </summary>
    public static IdlePlan? For(Chat chat, IdleTimes times)
    {
        if (!chat.CustomerPresent || chat.Place != Place.WithAgents || times.Alert == TimeSpan.Zero) return null;
        if (chat.Idleness.Pending(times.Counted) is not { } pending)
        {
            var due = chat.Idleness.LastActivity(times.Counted) + times.Alert;
            return times.SecondAlert > TimeSpan.Zero
                ? new IdlePlan(due, IdleMeasure.Warn, IdleStep.Alert, times.SecondAlert)
                : new IdlePlan(due, IdleMeasure.Warn, IdleStep.Close, times.Close);
        }
        if (pending.Until is not { } until) return null;
        return pending.Next == IdleStep.Close
            ? new IdlePlan(until, IdleMeasure.End)
            : new IdlePlan(until, IdleMeasure.WarnAgain, IdleStep.Close, times.Close);
    }
}

/// <summary>What can be done about a quiet chat.</summary>
public enum IdleMeasure
{
    Warn,
    WarnAgain,
    End,
}
