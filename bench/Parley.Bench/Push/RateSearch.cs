namespace Parley.Bench.Push;

/// <summary>
/// The search for the highest rate that is good: in steps of a quarter up or down from a first guess until it lies between two
/// neighbours, then halving the distance between them twice.
/// </summary>
internal sealed class RateSearch(double guess)
{
    private const double Step = 1.25;
    private const int Halvings = 2;
    private const int MostSteps = 16;

    private double bad = double.PositiveInfinity;
    private int halvings;
    private int steps;

    /// <summary>The rate to try next.</summary>
    public double Rate { get; private set; } = guess;

    /// <summary>The highest rate that was good; 0 if none was.</summary>
    public double Best { get; private set; }

    public bool IsDone => halvings > Halvings || steps == MostSteps;

    /// <summary>Says how the rate did.</summary>
    public void Report(bool good)
    {
        steps++;
        if (good) Best = Rate;
        else bad = Rate;

        if (Best == 0)
        {
            Rate /= Step;
        }
        else if (double.IsPositiveInfinity(bad))
        {
            Rate *= Step;
        }
        else
        {
            halvings++;
            Rate = Math.Sqrt(Best * bad);
        }
    }
}
