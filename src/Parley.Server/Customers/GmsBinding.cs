using Parley.Bayeux;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>One CometD session that hears of a chat, and how far it has heard.</summary>
/// <param name="key">What lets the customer into the chat; every push repeats it.</param>
/// <param name="from">The index to begin with; −1 for the last event.</param>
internal sealed class GmsBinding(BayeuxSession session, ChannelName channel, ChatId chat, string key, int from)
{
    private int next = from;
    private bool lingers;

    /// <summary>Held by whoever pushes to the session: what it is told comes in order.</summary>
    public Lock Gate { get; } = new();

    public BayeuxSession Session => session;

    public ChatId Chat => chat;

    /// <summary>What the session has not heard yet, as much as one answer holds.</summary>
    public GmsTranscript NewsOf(Chat chat, CustomersOptions options) => GmsTranscript.From(chat, next, options);

    /// <summary>Pushes this news, or that there is none.</summary>
    public void Push(Chat chat, GmsTranscript news, int? idleSeconds)
    {
        next = Math.Max(news.NextPosition ?? 1, 1);
        session.Deliver(BayeuxEvent.Create(channel, GmsAnswer.Done(chat, key, news, idleSeconds).Json.Span));
    }

    /// <summary>True once: its chat has ended.</summary>
    public bool BeginsToLinger()
    {
        var begins = !lingers;
        lingers = true;
        return begins;
    }
}
