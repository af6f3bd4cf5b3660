using System.Text;

namespace Parley.Simulator.Humans;

/// <summary>
/// The chances of one person: a stream of their own, from the seed and who it is, so that what one decides depends neither on
/// when the others do nor on how many there are.
/// </summary>
internal sealed class Chance(int seed, string whose)
{
    private readonly Random random = new(StreamOf(seed, whose));

    /// <summary>From 0 to 1, all alike.</summary>
    public double Share() => random.NextDouble();

    public bool Happens(double share) => Share() < share;

    public int Below(int limit) => random.Next(limit);

    public T Of<T>(IReadOnlyList<T> choice) => choice[Below(choice.Count)];

    /// <summary>The time until something that happens by itself, without memory.</summary>
    public TimeSpan Until(TimeSpan mean) => mean * -Math.Log(1 - Share());

    /// <summary>
    /// How long a person takes for what takes that long on average: log-normal, never nothing, now and then much longer.
    /// </summary>
    /// <param name="spread">The standard deviation of the logarithm.</param>
    public TimeSpan Around(TimeSpan mean, double spread) =>
        mean * Math.Exp((spread * Normal()) - (spread * spread / 2));

    /// <summary>One, and more by chance: Poisson, with that mean altogether.</summary>
    public int AtLeastOne(double mean)
    {
        var (count, left) = (1, Math.Exp(1 - mean));
        for (var product = Share(); product > left; product *= Share()) count++;
        return count;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());

    /// <summary>FNV-1a: the hash codes of .NET differ from run to run.</summary>
    private static int StreamOf(int seed, string whose)
    {
        var hash = 2166136261u;
        foreach (var b in (byte[])[.. BitConverter.GetBytes(seed), .. Encoding.UTF8.GetBytes(whose)])
            hash = unchecked((hash ^ b) * 16777619u);
        return unchecked((int)hash);
    }
}
