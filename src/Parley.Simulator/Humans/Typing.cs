namespace Parley.Simulator.Humans;

/// <summary>How long it takes to type a text.</summary>
internal static class Typing
{
    private const double LettersPerWord = 5;
    private const double Spread = 0.35;

    /// <param name="wordsPerMinute">The mean over all texts.</param>
    public static TimeSpan TimeFor(string text, double wordsPerMinute, Chance chance) =>
        chance.Around(TimeSpan.FromMinutes(text.Length / LettersPerWord / wordsPerMinute), Spread);
}
