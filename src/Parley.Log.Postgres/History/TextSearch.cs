using System.Text;
using Parley.Log.History;

namespace Parley.Log.Postgres.History;

/// <summary>Words and phrases as PostgreSQL writes them. They are letters and digits: nothing in them ends a quotation.</summary>
internal static class TextSearch
{
    /// <summary><c>'hello':1,3 'ada':2</c>: each word with the places where it stands.</summary>
    public static string Vector(IReadOnlyList<string> words)
    {
        var vector = new StringBuilder();
        foreach (var word in words.Index().GroupBy(w => w.Item, w => w.Index + 1, StringComparer.Ordinal))
            vector.Append('\'').Append(word.Key).Append("':").AppendJoin(',', word).Append(' ');
        return vector.ToString();
    }

    /// <summary><c>'good' &lt;-&gt; 'mor':*</c>.</summary>
    public static string Query(Phrase phrase) =>
        string.Join(" <-> ", phrase.Words.Select(word => $"'{word}'")) + (phrase.End == PhraseEnd.BeginningOfWord ? ":*" : "");
}
