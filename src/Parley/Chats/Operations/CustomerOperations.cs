using System.Collections.Immutable;

namespace Parley.Chats.Operations;

/// <summary>A customer asks for a chat: joins at once, says the first words if there are any, and waits in the queue.</summary>
/// <remarks>Refused: Unavailable when the id is taken, so that the caller tries another.</remarks>
public sealed record RequestChat(
    ChatId Chat, string Service, QueueName Queue, string Nickname, string KeyHash, string UserId,
    ImmutableSortedDictionary<string, DataValue> UserData, string? Text = null) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat)
    {
        if (chat.Exists) return new Rejection(Reason.Unavailable, "The chat id is taken.");
        ChatEvent[] firstWords = Text is null ? [] : [new CustomerSaid(Text)];
        return
        [
            new ChatRequested(Chat, Service, Queue, Nickname, KeyHash, UserId, UserData), new CustomerJoined(), .. firstWords,
        ];
    }
}

/// <summary>What a customer does in the chat. Refused: InvalidInState once the session is over.</summary>
public abstract record CustomerOperation : ChatOperation
{
    protected abstract Decision<ChatEvent> Effects(Chat chat);

    public sealed override Decision<ChatEvent> Decide(Chat chat) =>
        chat.CustomerPresent ? Effects(chat) : new Rejection(Reason.InvalidInState, "The chat has ended.");
}

/// <summary>What a customer adds to the talk. Refused also: OutOfRange when the transcript is full.</summary>
public abstract record CustomerUtterance : CustomerOperation
{
    private static readonly Rejection Full = new(Reason.OutOfRange, "The chat has grown too long.");

    protected abstract ChatEvent Said { get; }

    protected sealed override Decision<ChatEvent> Effects(Chat chat) => chat.Transcript.HasRoom ? [Said] : Full;
}

/// <summary>The customer says something, also while waiting: whoever accepts reads it.</summary>
public sealed record CustomerSend(string Text, string? MessageType = null) : CustomerUtterance
{
    protected override ChatEvent Said => new CustomerSaid(Text, MessageType);
}

/// <summary>The customer started or stopped typing.</summary>
public sealed record CustomerType(Typing Typing) : CustomerUtterance
{
    protected override ChatEvent Said => Typing == Typing.Started ? new CustomerStartedTyping() : new CustomerStoppedTyping();
}

/// <summary>
/// The customer leaves: agents who serve have after-chat work left, everyone else's part ends, and a chat that nobody holds is
/// finished.
/// </summary>
/// <param name="Offers">What becomes of a chat that nobody has accepted yet.</param>
public sealed record CustomerLeave(QuitReason Why, Abandoned Offers = Abandoned.Revoked) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        var course = new Course(chat).EndSession(Why, Offers);
        return chat.Place == Place.Waiting && Offers == Abandoned.StillOffered
            ? course.Decision
            : course.Settle(Orphaned.Finished).Decision;
    }
}

/// <summary>The two ends of typing.</summary>
public enum Typing
{
    Started,
    Stopped,
}
