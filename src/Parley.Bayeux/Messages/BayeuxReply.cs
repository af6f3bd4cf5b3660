using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>A reply that is just being written, as extensions see it: one kept for longer cannot be changed any more.</summary>
public sealed class BayeuxReply
{
    private ReplyBuffer? buffer;
    private readonly MessageNotes? notes;

    internal BayeuxReply(ReplyBuffer buffer, string channel, bool isSuccessful, BayeuxSession? session, MessageNotes? notes)
    {
        this.buffer = buffer;
        this.notes = notes;
        Channel = channel;
        IsSuccessful = isSuccessful;
        Session = session;
    }

    /// <summary>The channel of the message it answers; empty if that had none.</summary>
    public string Channel { get; }

    /// <summary>What it says under <c>successful</c>.</summary>
    public bool IsSuccessful { get; }

    /// <summary>The session it is for; for a handshake the new one. Null if there is none.</summary>
    public BayeuxSession? Session { get; }

    /// <summary>What the extension noted when the message came in; null if nothing.</summary>
    public object? NoteOf(BayeuxExtension author) => notes?.Of(author);

    /// <summary>
    /// Adds a member to the reply's <c>ext</c>, or gives it another value. Throws <see cref="ObjectDisposedException"/> once the
    /// reply is written, as does <see cref="SetTimestamp"/>.
    /// </summary>
    public void AddExt(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Open().Ext(name, value?.ToJsonString() ?? "null");
    }

    /// <summary>Sets the reply's <c>timestamp</c>; the last text set counts.</summary>
    public void SetTimestamp(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Open().Timestamp(text);
    }

    /// <summary>The extensions have seen it.</summary>
    internal void Close() => buffer = null;

    private ReplyBuffer Open()
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        return buffer;
    }
}
