using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>A reply that is just being written, as extensions see it.</summary>
public sealed class BayeuxReply
{
    private readonly ReplyBuffer buffer;
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

    /// <summary>Adds a member to the reply's <c>ext</c>.</summary>
    public void AddExt(string name, JsonNode? value) => buffer.Ext(name, value?.ToJsonString() ?? "null");

    /// <summary>Sets the reply's <c>timestamp</c>.</summary>
    public void SetTimestamp(string text) => buffer.Timestamp(text);
}
