using Parley.Chats;

namespace Parley.Log.History;

/// <summary>What a stretch of the log did to one chat.</summary>
/// <param name="Record">The chat's particulars now; they take the place of those before.</param>
/// <param name="Said">What was said in this stretch; it is added to what was said before.</param>
public sealed record HistoryChange(HistoryRecord Record, IReadOnlyList<Utterance> Said);

/// <summary>Something that was said, as the words by which it is found; its text is in the log alone.</summary>
/// <param name="Number">1, 2, 3 … within the chat.</param>
/// <param name="Clearance">Who may find it: nobody with less.</param>
/// <param name="Words">As <see cref="History.Words"/> takes them from a text, at most <see cref="MaxWords"/>.</param>
public sealed record Utterance(int Number, Clearance Clearance, IReadOnlyList<string> Words)
{
    /// <summary>A longer text is several utterances.</summary>
    public const int MaxWords = 2_000;

    /// <summary>How many utterances of a chat can be found; a chat holds no more than it takes to fill them.</summary>
    public const int MaxNumber = (1 << 20) - 1;
}
