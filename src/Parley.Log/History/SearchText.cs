namespace Parley.Log.History;

/// <summary>
/// What somebody types to search: every word has to have been said; what stands in quotation marks, in this order; of a word that
/// ends in
/// <c>*</c>, the beginning will do. Anything else in it separates words and means nothing.
/// </summary>
public static class SearchText
{
    /// <summary>
    /// What has to have been said; none if there is no word in the text. What is written together, an address or a number with
    /// dashes, is a phrase.
    /// </summary>
    public static IReadOnlyList<Phrase> Read(string text)
    {
        var phrases = new List<Phrase>();
        foreach (var (n, part) in text.Split('"').Index())
        {
            var isQuoted = n % 2 == 1;
            string[] chunks = isQuoted ? [part] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var chunk in chunks)
            {
                string[] words = [.. Words.Of(chunk)];
                if (words.Length > 0)
                    phrases.Add(new(words, chunk.EndsWith('*') ? PhraseEnd.BeginningOfWord : PhraseEnd.WholeWord));
            }
        }
        return phrases;
    }
}
