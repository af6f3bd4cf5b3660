using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>One message of a client, as hosts and extensions see it while it is processed.</summary>
/// <remarks>
/// <see cref="Data"/> and <see cref="Ext"/> point into the payload the message was read from: they are gone when its processing
/// is done, so keep a copy of what is needed for longer.
/// </remarks>
public sealed class BayeuxMessage
{
    internal const string Handshake = "/meta/handshake";
    internal const string Connect = "/meta/connect";
    internal const string Subscribe = "/meta/subscribe";
    internal const string Unsubscribe = "/meta/unsubscribe";
    internal const string Disconnect = "/meta/disconnect";

    internal BayeuxMessage()
    {
    }

    /// <summary>The channel as text; null if absent or no string.</summary>
    public string? Channel { get; internal set; }

    /// <summary>The id as text; null if absent. Sent as a number it is that number's digits.</summary>
    public string? Id { get; internal set; }

    /// <summary>The payload of a publish as raw JSON; empty if absent.</summary>
    public ReadOnlyMemory<byte> Data { get; internal set; }

    /// <summary><c>ext</c> as raw JSON of whatever type; empty if absent.</summary>
    public ReadOnlyMemory<byte> Ext { get; internal set; }

    /// <summary>Whose message it is; null for a handshake and for a client without a session of its own.</summary>
    public BayeuxSession? Session { get; internal set; }

    /// <summary>The request that carries the message; for WebSocket the one that was upgraded.</summary>
    public HttpContext Http { get; internal set; } = null!;

    /// <summary>The channel's name; null until it is known to be legal, and for the five meta channels.</summary>
    internal ChannelName? Name { get; set; }

    /// <summary>True if there is a <c>channel</c> of whatever type.</summary>
    internal bool HasChannel { get; set; }

    /// <summary>The channel as sent, quotes included, to be echoed; empty if it was no string.</summary>
    internal ReadOnlyMemory<byte> ChannelJson { get; set; }

    /// <summary>True if the id is of at most 64 letters and digits, or absent.</summary>
    internal bool HasLegalId { get; set; } = true;

    internal string? ClientId { get; set; }

    /// <summary><c>subscription</c> as raw JSON, to be read and echoed; empty if absent.</summary>
    internal ReadOnlyMemory<byte> Subscription { get; set; }

    /// <summary>The client's own advice; null if it sent none.</summary>
    internal RequestedAdvice? Advice { get; set; }

    /// <summary>What a handshake offers; null if it says nothing.</summary>
    internal IReadOnlyList<string>? ConnectionTypes { get; set; }

    /// <summary>What extensions noted; null if nothing.</summary>
    internal MessageNotes? Notes { get; private set; }

    /// <summary>
    /// Keeps something until the reply to this message leaves, be it held for a while: see <see cref="BayeuxReply.NoteOf"/>.
    /// </summary>
    public void Note(BayeuxExtension author, object note)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(note);
        Notes = new MessageNotes(author, note, Notes);
    }

    /// <summary>
    /// Answers a remote call: an event on the same channel to this session alone that carries the call's id.
    /// <paramref name="data"/> is one well-formed JSON value. Throws <see cref="InvalidOperationException"/> if there is no
    /// session to answer, or no id.
    /// </summary>
    public void Answer(ReadOnlySpan<byte> data) => Answer(data, successful: true);

    /// <summary>Answers a remote call with its failure; the same as <see cref="Answer(ReadOnlySpan{byte})"/> otherwise.</summary>
    public void AnswerFailure(ReadOnlySpan<byte> data) => Answer(data, successful: false);

    private void Answer(ReadOnlySpan<byte> data, bool successful)
    {
        if (Session is null || Id is null || Name is null)
            throw new InvalidOperationException("Only a session's message with an id can be answered.");
        Session.Deliver(BayeuxEvent.CreateAnswer(Name, Id, successful, data));
    }
}

/// <summary>What extensions noted about a message, the latest first.</summary>
internal sealed record MessageNotes(BayeuxExtension Author, object Note, MessageNotes? Earlier)
{
    public object? Of(BayeuxExtension author) => ReferenceEquals(Author, author) ? Note : Earlier?.Of(author);
}
