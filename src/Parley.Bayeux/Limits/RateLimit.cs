namespace Parley.Bayeux;

/// <summary>How often something may be done: so many times at once after a pause, so many times a second on average.</summary>
/// <param name="PerSecond">On average.</param>
/// <param name="Burst">At once.</param>
public readonly record struct RateLimit(int PerSecond, int Burst);

/// <summary>What is left of a <see cref="RateLimit"/>; it refills with time. Whoever holds it locks.</summary>
internal struct Allowance(RateLimit limit, long now)
{
    private double left = limit.Burst;
    private long counted = now;

    /// <summary>True if it is as large as after a long pause.</summary>
    public readonly bool IsFull(RateLimit limit, long now) => Refilled(limit, now) >= limit.Burst;

    /// <summary>Takes so much out of it; false if that much is not left, and then nothing is taken.</summary>
    public bool TrySpend(RateLimit limit, long now, int count = 1)
    {
        left = Refilled(limit, now);
        counted = now;
        if (left < count) return false;
        left -= count;
        return true;
    }

    private readonly double Refilled(RateLimit limit, long now) =>
        Math.Min(limit.Burst, left + ((now - counted) * (double)limit.PerSecond / 1000));
}
