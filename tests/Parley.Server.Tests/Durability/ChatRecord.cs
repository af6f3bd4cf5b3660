using System.Text.Json;

namespace Parley.Server.Tests.Durability;

/// <summary>A text that somebody sent, and what its sender knows of it.</summary>
internal sealed class SentText(string text)
{
    public string Text { get; } = text;
    public Fate Fate { get; set; } = Fate.Unknown;
}

/// <summary>A line of a chat as a client read it; customers' and agents' words for the same thing are made one.</summary>
internal sealed record Entry(int Index, string Type, string? Text)
{
    public bool IsText => Type == "Text";

    /// <summary>The lines of an answer's <c>messages</c>, of door B or of an agent.</summary>
    public static IReadOnlyList<Entry> ListFrom(JsonElement body) =>
        [.. body.GetProperty("messages").EnumerateArray().Select(message => new Entry(
            message.GetProperty("index").GetInt32(),
            message.GetProperty("type").GetString() switch
            {
                "Message" => "Text",
                "ParticipantRejoined" => "ParticipantJoined",
                var type => type!,
            },
            message.TryGetProperty("text", out var text) ? text.GetString() : null))];
}

/// <summary>Everything the clients know of one chat: what they sent, and what they read at any time.</summary>
internal sealed class ChatRecord(string id)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<SentText>> sent = [];
    private readonly SortedDictionary<int, Entry> seen = [];
    private readonly List<string> contradictions = [];

    public string Id { get; } = id;

    /// <summary>Door B's key; null if the customer never learned it.</summary>
    public string? SecureKey { get; init; }

    /// <summary>The last index an agent read after the chat was over for the customer; 0 if none did.</summary>
    public int WholeUpTo { get; private set; }

    /// <summary>Typing notices anybody may have sent.</summary>
    public int TypingSent { get; private set; }

    /// <summary>True once a client was told that the chat is over.</summary>
    public bool EndAcknowledged { get; private set; }

    /// <summary>Each sender's texts in the order of sending.</summary>
    public IReadOnlyDictionary<string, List<SentText>> Sent => sent;

    /// <summary>What everybody sent so far.</summary>
    public IReadOnlyList<SentText> Texts()
    {
        lock (gate) return [.. sent.Values.SelectMany(texts => texts)];
    }

    /// <summary>All lines that anybody ever read, by index.</summary>
    public IReadOnlyDictionary<int, Entry> Seen => seen;

    /// <summary>Indexes at which two readings differ.</summary>
    public IReadOnlyList<string> Contradictions => contradictions;

    public SentText AddSent(string sender, string text)
    {
        var message = new SentText(text);
        lock (gate)
        {
            if (!sent.TryGetValue(sender, out var texts)) sent[sender] = texts = [];
            texts.Add(message);
        }
        return message;
    }

    public void AddTyping()
    {
        lock (gate) TypingSent++;
    }

    public void AddEnd()
    {
        lock (gate) EndAcknowledged = true;
    }

    /// <summary>Notes what somebody read, and that it differs from an earlier reading if it does.</summary>
    public void AddSeen(IReadOnlyList<Entry> entries)
    {
        lock (gate)
        {
            foreach (var entry in entries)
                if (!seen.TryAdd(entry.Index, entry) && seen[entry.Index] != entry)
                    contradictions.Add($"chat {Id}: {seen[entry.Index]} was later read as {entry}");
        }
    }

    /// <summary>Notes a reading from index 1 by an agent when the chat was over for the customer.</summary>
    public void AddWhole(IReadOnlyList<Entry> entries)
    {
        AddSeen(entries);
        lock (gate)
        {
            WholeUpTo = Math.Max(WholeUpTo, entries.Count == 0 ? 0 : entries[^1].Index);
            if (!entries.Select(entry => entry.Index).SequenceEqual(Enumerable.Range(1, entries.Count)))
                contradictions.Add(
                    $"chat {Id}: an agent read the indexes {string.Join(' ', entries.Select(entry => entry.Index))}");
        }
    }
}
