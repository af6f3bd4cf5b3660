using System.Globalization;

namespace Parley.Bayeux.Tests;

/// <summary>Randomness that can be repeated: the seed is printed, and is that of <c>PARLEY_SEED</c> where it is set.</summary>
internal static class Chance
{
    public static Random New() => New(out _);

    public static Random New(out int seed)
    {
        seed = (int?)Setting("PARLEY_SEED") ?? Environment.TickCount;
        Say($"seed {seed}");
        return new Random(seed);
    }

    /// <summary>How many cases a long run has: as many as <c>PARLEY_CASES</c> says.</summary>
    public static int Cases(int unlessSet) => (int?)Setting("PARLEY_CASES") ?? unlessSet;

    public static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    /// <summary>A whole number of any order of magnitude: as often between 10 and 100 as between 1000 and 10,000.</summary>
    public static int OfAnyMagnitude(this Random random, int least, int most) =>
        (int)Math.Exp(Math.Log(least) + (random.NextDouble() * (Math.Log(most) - Math.Log(least))));

    public static T OneOf<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private static long? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
