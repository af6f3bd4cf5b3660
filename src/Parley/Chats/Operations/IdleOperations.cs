namespace Parley.Chats.Operations;

/// <summary>Somebody is there without saying anything: the quiet begins anew, where it is measured at all.</summary>
public sealed record CancelIdleTimer : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Place == Place.WithAgents && chat.Trifles < Trifle.MostOfCustomer ? [new IdleTimerCancelled()] : [];
}

/// <summary>A step against the quiet, for a chat that is as quiet as it was when the step was planned.</summary>
/// <param name="Quiet">The quiet that is meant.</param>
/// <remarks>Refused also: InvalidInState when the chat is no longer so quiet, or nobody serves the customer.</remarks>
public abstract record IdleStepOperation(Idleness Quiet) : CustomerOperation
{
    protected abstract IEnumerable<ChatEvent> Steps { get; }

    protected sealed override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Idleness == Quiet && chat.Place == Place.WithAgents
            ? Follow(new Course(chat))
            : new Rejection(Reason.InvalidInState, "The chat is not quiet any more.");

    private protected virtual Decision<ChatEvent> Follow(Course course) => course.Then([.. Steps]).Decision;
}

/// <summary>Everyone is warned.</summary>
/// <inheritdoc cref="IdleWarned" path="/param"/>
public sealed record WarnIdle(Idleness Quiet, string Text, IdleStep Next, int Seconds, DateTimeOffset Until)
    : IdleStepOperation(Quiet)
{
    protected override IEnumerable<ChatEvent> Steps => [new IdleWarned(Text, Next, Seconds, Until)];
}

/// <summary>The session ends because nobody said anything after the last warning.</summary>
public sealed record EndIdle(Idleness Quiet, string Text) : IdleStepOperation(Quiet)
{
    protected override IEnumerable<ChatEvent> Steps => [new IdleEnded(Text)];

    private protected override Decision<ChatEvent> Follow(Course course) =>
        course.Then([.. Steps]).EndSession(QuitReason.Idle).Settle(Orphaned.Finished).Decision;
}
