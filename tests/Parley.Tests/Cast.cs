using System.Collections.Immutable;
using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests;

/// <summary>The people and the chats that tests are about.</summary>
internal static class Cast
{
    public static readonly AgentId Bob = new("7c1e0b5d4f5a4e07a2b6c1d93e48f001");
    public static readonly AgentId Carol = new("7c1e0b5d4f5a4e07a2b6c1d93e48f002");
    public static readonly AgentId Dave = new("7c1e0b5d4f5a4e07a2b6c1d93e48f003");
    public static readonly ChatId TheChat = new("0007Qa4KX9TM002C");
    public static readonly QueueName Support = new("Support");
    public static readonly QueueName PostProcessing = new("PostProcessing");
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly Stamp AtNoon = new(Noon);

    /// <summary>Ada asked for a chat and waits.</summary>
    public static Chat Waiting() => Chat.None.After(
        new RequestChat(TheChat, "customer-support", Support, "Ada", "", "00915A7C3E5D0021", UserDataRules.Empty));

    /// <summary>Ada's chat is offered to Bob.</summary>
    public static Chat Offered() => Waiting().After(new Offer(Bob, Support, Noon.AddSeconds(30)));

    /// <summary>Ada and Bob talk.</summary>
    public static Chat Talking() => Offered().After(new Accept(Bob, "Bob"));

    /// <summary>Ada is gone, Bob has after-chat work.</summary>
    public static Chat AfterChat() => Talking().After(new Leave(Bob));

    /// <summary>Bob accepted when Ada was already gone.</summary>
    public static Chat JoinFailed() => AfterChat()
        .After(new Complete(Bob, PostProcessing))
        .After(new Offer(Carol, PostProcessing, Noon.AddSeconds(30)))
        .After(new Accept(Carol, "Carol"));

    /// <summary>The chat after an operation that must be accepted.</summary>
    public static Chat After(this Chat chat, ChatOperation operation) => chat.Apply(operation.Accepted(chat), AtNoon);

    /// <summary>The chat after several, one after the other.</summary>
    public static Chat After(this Chat chat, ChatOperation[] operations) => operations.Aggregate(chat, After);

    /// <summary>The events of an operation that must be accepted.</summary>
    public static ImmutableArray<ChatEvent> Accepted(this ChatOperation operation, Chat chat)
    {
        var decision = operation.Decide(chat);
        Assert.Null(decision.Refused);
        return decision.Events;
    }

    /// <summary>The reason of an operation that must be refused, and must leave no event.</summary>
    public static Reason Refused(this ChatOperation operation, Chat chat)
    {
        var decision = operation.Decide(chat);
        Assert.Empty(decision.Events);
        return Assert.IsType<Rejection>(decision.Refused).Reason;
    }

    /// <summary>What an accepted operation does to the chat.</summary>
    public static ChatCommit Commit(this ChatOperation operation, Chat chat, Stamp? stamp = null)
    {
        var events = operation.Accepted(chat);
        return new ChatCommit(chat, events, stamp ?? AtNoon, chat.Apply(events, stamp ?? AtNoon));
    }
}
