using System.Text.Json.Serialization;

namespace Parley.LossChecker.Journals;

/// <summary>One line of the journal: something that a party did, was answered or was told, or a fault.</summary>
/// <remarks>
/// <c>{"what":"sent","at":1203,"talk":"r7-c3-1","party":"agent2","text":"r7-c3-1 agent2 4","to":"Agents"}</c>. A talk is known by
/// the customer's nickname, which nobody else has; every text names its talk and its sender and is sent by nobody else.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "what")]
[JsonDerivedType(typeof(TalkBegan), "talk")]
[JsonDerivedType(typeof(Sent), "sent")]
[JsonDerivedType(typeof(Repeated), "again")]
[JsonDerivedType(typeof(Acknowledged), "ack")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(ReadBegan), "ask")]
[JsonDerivedType(typeof(ReadDone), "read")]
[JsonDerivedType(typeof(Polled), "poll")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(GapSaid), "gap")]
[JsonDerivedType(typeof(OutOfTurn), "turn")]
[JsonDerivedType(typeof(Refilled), "refilled")]
[JsonDerivedType(typeof(ViewEnded), "end")]
[JsonDerivedType(typeof(FaultBegan), "fault")]
[JsonDerivedType(typeof(FaultEnded), "over")]
[JsonDerivedType(typeof(Finished), "finished")]
internal abstract record Entry
{
    /// <summary>Milliseconds since the journal was opened.</summary>
    public long At { get; init; }
}

/// <summary>A customer asked for a chat and was given one.</summary>
internal sealed record TalkBegan(string Talk, string Door) : Entry;

/// <summary>A party sends a text for the first time.</summary>
internal sealed record Sent(string Talk, string Party, string Text, Readers To) : Entry;

/// <summary>A party sends a text again with the same key, for it was not answered.</summary>
internal sealed record Repeated(string Text) : Entry;

/// <summary>The server said that the text is safe.</summary>
internal sealed record Acknowledged(string Text) : Entry;

/// <summary>The server refused the text; it is there all the same if an earlier try went unanswered.</summary>
internal sealed record Refused(string Text, string Why) : Entry;

/// <summary>A view was told a line of the transcript, by a push or a poll.</summary>
/// <param name="View">Whose eyes: the party, and for an agent which of its times in the chat.</param>
internal sealed record Heard(string Talk, string View, Line Line) : Entry;

/// <summary>A party asks for the transcript from its beginning, or for what is new.</summary>
internal sealed record ReadBegan(int Read, string Talk) : Entry;

/// <summary>What it was answered.</summary>
internal sealed record ReadDone(int Read, string Talk, string View, ReadKind Kind, IReadOnlyList<Line> Lines) : Entry;

/// <summary>It asked for what is new, and was answered with the lines that it heard since.</summary>
internal sealed record Polled(int Read, string Talk, string View) : Entry;

/// <summary>A party has a session of notifications: a new one, or the old one after its connection was lost.</summary>
internal sealed record Opened(string Party, SessionKind Kind) : Entry;

/// <summary>The server said that it cannot tell a party everything that it missed.</summary>
internal sealed record GapSaid(string Party, string Why) : Entry;

/// <summary>A party was told a notification whose number is not above that of the one before.</summary>
internal sealed record OutOfTurn(string Party, long Number, long Before) : Entry;

/// <summary>What a view read because it could not be told: a page loaded again.</summary>
internal sealed record Refilled(string Talk, string View, IReadOnlyList<Line> Lines) : Entry;

/// <summary>A view expects nothing more.</summary>
internal sealed record ViewEnded(string Talk, string View) : Entry;

/// <summary>Something is broken on purpose.</summary>
internal sealed record FaultBegan(int Number, string Kind, string Target) : Entry;

/// <summary>It was put right again.</summary>
internal sealed record FaultEnded(int Number) : Entry;

/// <summary>Everybody has finished; false if somebody waited in vain, and for what.</summary>
internal sealed record Finished(bool IsQuiet, string Waiting) : Entry;

/// <summary>A line of a transcript as somebody was shown it.</summary>
/// <param name="Text">Null for what is no text, such as somebody's coming.</param>
internal sealed record Line(int Index, string? Text, Readers To = Readers.Everybody);

/// <summary>For whom something was said.</summary>
internal enum Readers
{
    Everybody,
    Agents,
}

/// <summary>When a transcript was read.</summary>
internal enum ReadKind
{
    /// <summary>While the talk went on.</summary>
    Meanwhile,

    /// <summary>After its end: nothing is added any more.</summary>
    Final,
}

/// <summary>How a party came to its session of notifications.</summary>
internal enum SessionKind
{
    First,

    /// <summary>The same session over another connection.</summary>
    Resumed,

    /// <summary>Another session, told from the last position.</summary>
    Replayed,

    /// <summary>Another session; what was missed had to be read.</summary>
    Reread,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Entry))]
internal sealed partial class EntryJson : JsonSerializerContext;
