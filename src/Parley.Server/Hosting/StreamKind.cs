using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;
using Parley.Log.Events;

namespace Parley.Server.Hosting;

/// <summary>One kind of stream: how it is named, stored and folded into a state.</summary>
/// <param name="Prefix">What the names of such streams begin with.</param>
/// <param name="Empty">The state before the first event of a life.</param>
/// <param name="IsLive">Whether a stream in this state has to be loaded at the next start.</param>
/// <param name="AfterLife">What a stream is whose life has ended.</param>
internal sealed record StreamKind<TState, TEvent>(
    string Prefix, TState Empty, Func<TState, TEvent, Stamp, TState> Apply, Func<TState, bool> IsLive, AfterLife AfterLife,
    EventCodec<TEvent> Codec)
    where TEvent : class;

/// <summary>What a stream is whose life has ended.</summary>
internal enum AfterLife
{
    /// <summary>What it was at the end: it can still be read.</summary>
    Kept,

    /// <summary>Nothing, until another life begins: its history need not be read.</summary>
    Blank,
}

/// <summary>The kinds of stream there are.</summary>
internal static class StreamKind
{
    public static readonly StreamKind<Chat, ChatEvent> Chat =
        new("chat/", Chats.Chat.None, (chat, e, stamp) => chat.Apply(e, stamp), chat => chat.Exists && !chat.HasEnded,
            AfterLife.Kept, EventCodec.Chat);

    public static readonly StreamKind<Agent, AgentEvent> Agent =
        new("agent/", Agents.Agent.Away, (agent, e, stamp) => agent.Apply(e, stamp), agent => agent.IsLive,
            AfterLife.Blank, EventCodec.Agent);

    /// <summary>Contacts are looked up when they come, and never held: there may be millions of them.</summary>
    public static readonly StreamKind<Contact, ContactEvent> Contact =
        new("contact/", Contacts.Contact.None, (contact, e, stamp) => contact.Apply(e, stamp), _ => false, AfterLife.Kept,
            EventCodec.Contact);

    public static readonly StreamKind<ContactKey, ContactKeyEvent> ContactKey =
        new("contact-key/", Contacts.ContactKey.Free, (_, e, _) => Contacts.ContactKey.After(e), _ => false, AfterLife.Kept,
            EventCodec.ContactKey);
}
