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
/// The customer leaves: agents who are chatting have after-chat work left, a pending offer is taken back, and a chat that
/// nobody holds is finished.
/// </summary>
public sealed record CustomerLeave(QuitReason Why) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        var left = new CustomerLeft(Why);
        if (chat.Place is Place.WithAgents) return [left];
        var invited = chat.Agents.Values.Where(p => p.State == AgentChatState.Invited);
        return [left, .. invited.Select(p => new AgentRevoked(p.Agent, RevokeReason.CustomerLeft)), new ChatEnded()];
    }
}

/// <summary>The two ends of typing.</summary>
public enum Typing
{
    Started,
    Stopped,
}
