namespace Parley.Chats.Operations;

/// <summary>The server tells a customer who waits its place in the queue, the first time or when it has become better.</summary>
/// <remarks>
/// Refused also: InvalidInState for who does not wait any more or knows of a place as good; OutOfRange when the transcript is
/// full.
/// </remarks>
public sealed record TellPosition(int Position, string Text) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        if (chat.Place != Place.Waiting || chat.Told?.Position <= Position)
            return new Rejection(Reason.InvalidInState, "There is no better place in the queue to tell of.");
        return chat.Transcript.HasRoom
            ? [new PositionTold(Text, Position)]
            : new Rejection(Reason.OutOfRange, "The chat has grown too long.");
    }
}
