using System.Collections.Immutable;

namespace Parley.Chats.Operations;

/// <summary>
/// A customer asks for a chat: joins at once, is greeted, says the first words if there are any, and waits in the queue.
/// </summary>
/// <param name="Greeting">What the server says first; nothing if it is empty.</param>
/// <remarks>Refused: Unavailable when the id is taken, so that the caller tries another.</remarks>
public sealed record RequestChat(
    ChatId Chat, string Service, QueueName Queue, string Nickname, string KeyHash, string UserId,
    ImmutableSortedDictionary<string, DataValue> UserData, string? Text = null, Door Door = Door.Gms,
    Attendance Attendance = Attendance.Live, ContactId? Contact = null, AgentId? LastAgent = null,
    string Greeting = "") : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat)
    {
        if (chat.Exists) return new Rejection(Reason.Unavailable, "The chat id is taken.");
        ChatEvent[] greeting = Greeting.Length == 0 ? [] : [new SystemSaid(Greeting)];
        ChatEvent[] firstWords = Text is null ? [] : [new CustomerSaid(Text)];
        return
        [
            new ChatRequested(
                Chat, Service, Queue, Nickname, KeyHash, UserId, UserData, Door, Attendance, Contact, LastAgent),
            new CustomerJoined(), .. greeting, .. firstWords,
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
    internal static readonly Rejection Full = new(Reason.OutOfRange, "The chat has grown too long.");

    protected abstract ChatEvent Said { get; }

    protected sealed override Decision<ChatEvent> Effects(Chat chat) => chat.Transcript.HasRoom ? [Said] : Full;
}

/// <summary>The customer says something, also while waiting: whoever accepts reads it.</summary>
/// <param name="Attributes">Structured content beside the text: a JSON object, or null.</param>
public sealed record CustomerSend(string Text, string? MessageType = null, string? Attributes = null) : CustomerUtterance
{
    protected override ChatEvent Said => new CustomerSaid(Text, MessageType, Attributes);
}

/// <summary>The customer started or stopped typing.</summary>
/// <param name="Preview">What stands in the input box, where agents may see it.</param>
public sealed record CustomerType(Typing Typing, string? Preview = null) : CustomerUtterance
{
    protected override ChatEvent Said =>
        Typing == Typing.Started ? new CustomerStartedTyping(Preview) : new CustomerStoppedTyping();
}

/// <summary>The customer sends a link for the others to open.</summary>
/// <param name="Url">Absolute, http or https.</param>
public sealed record CustomerPushUrl(string Url) : CustomerUtterance
{
    protected override ChatEvent Said => new CustomerPushedUrl(Url);
}

/// <summary>The customer's application signals something to the agent's.</summary>
public sealed record CustomerSignal(string Text, string? Attributes = null) : CustomerUtterance
{
    protected override ChatEvent Said => new CustomerSentCustomNotice(Text, Attributes);
}

/// <summary>The customer goes by another name from now on.</summary>
/// <remarks>
/// Refused also: InvalidInState for the name of an agent in the chat; OutOfRange when the transcript is full.
/// </remarks>
public sealed record CustomerRename(string Nickname) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        if (chat.Customer.Nickname == Nickname) return [];
        if (!chat.Transcript.HasRoom) return CustomerUtterance.Full;
        return Audience.ParticipantsFor(Clearance.Customer, chat)
                .Any(p => p.Kind != PartyKind.Customer && p.Nickname.Equals(Nickname, StringComparison.OrdinalIgnoreCase))
            ? new Rejection(Reason.InvalidInState, "This name belongs to somebody else in the chat.")
            : [new CustomerRenamed(Nickname)];
    }
}

/// <summary>The customer has read everything up to an index; an earlier one than is known changes nothing.</summary>
public sealed record CustomerReads(int Index) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat) =>
        Math.Min(Index, chat.Transcript.Count) is var read && read > chat.CustomerHasRead ? [new CustomerRead(read)] : [];
}

/// <summary>A customer who keeps no positions is given what it has not been given yet, also after the end.</summary>
/// <param name="After">How far it had been given when this was chosen.</param>
/// <remarks>Refused: InvalidInState when somebody was given it meanwhile.</remarks>
public sealed record DeliverTranscript(int After, int UpTo) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) => chat.DeliveredUpTo == After
        ? [new TranscriptDelivered(UpTo)]
        : new Rejection(Reason.InvalidInState, "Another request was given this part of the transcript.");
}

/// <summary>The customer adds to the user data or overwrites it.</summary>
/// <remarks>Refused also: OutOfRange when it gets too much.</remarks>
public sealed record CustomerUpdateData(ImmutableSortedDictionary<string, DataValue> UserData) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat) =>
        UserData.All(pair => chat.UserData.TryGetValue(pair.Key, out var known) && known == pair.Value) ? []
            : chat.Trifles >= Trifle.MostOfCustomer ? CustomerUtterance.Full
            : UserDataRules.Added(chat, new UserDataChanged(UserData, []), UserData);
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
