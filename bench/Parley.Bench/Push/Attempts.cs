namespace Parley.Bench.Push;

/// <summary>
/// Measures again what was disturbed: when other programs took a part of the machine's cores, the same is played once more, and
/// of all attempts the least disturbed counts.
/// </summary>
/// <param name="most">How often at most.</param>
/// <param name="cost">The meter of the server under test, which is no disturbance.</param>
internal sealed class Attempts(int most, ServerCost cost)
{
    private const double Tolerated = 0.1;

    /// <summary>How many figures were taken from a disturbed attempt, because there was no other.</summary>
    public int Disturbed { get; private set; }

    public T LeastDisturbed<T>(Func<T> play)
    {
        var (least, figures) = (double.PositiveInfinity, default(T)!);
        for (var attempt = 0; attempt < most && least > Tolerated; attempt++)
        {
            var programs = new OtherPrograms(cost);
            var played = play();
            var others = programs.Cores();
            if (others < least) (least, figures) = (others, played);
        }
        if (least > Tolerated) Disturbed++;
        return figures;
    }
}
