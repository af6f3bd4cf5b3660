namespace Parley.Server.Operation.Metrics;

/// <summary>What was measured under one set of tags.</summary>
internal abstract class Series
{
    public abstract void Record(double value);

    /// <summary>A number that measurements are added to.</summary>
    public sealed class Added : Series
    {
        private double value;

        public double Value => Volatile.Read(ref value);

        public override void Record(double value) => Add(ref this.value, value);
    }

    /// <summary>A number that each measurement replaces.</summary>
    public sealed class Last : Series
    {
        private double value;

        public double Value => Volatile.Read(ref value);

        public override void Record(double value) => Volatile.Write(ref this.value, value);
    }

    /// <summary>How many measurements were how large.</summary>
    /// <param name="bounds">The upper bounds of the buckets, ascending; one more takes what is larger.</param>
    public sealed class Distribution(IReadOnlyList<double> bounds) : Series
    {
        private readonly long[] counts = new long[bounds.Count + 1];
        private double total;

        public IReadOnlyList<double> Bounds => bounds;

        public IReadOnlyList<long> Counts => counts;

        public double Total => Volatile.Read(ref total);

        public override void Record(double value)
        {
            var bucket = 0;
            while (bucket < bounds.Count && value > bounds[bucket]) bucket++;
            Interlocked.Increment(ref counts[bucket]);
            Add(ref total, value);
        }
    }

    private static void Add(ref double to, double value)
    {
        var seen = Volatile.Read(ref to);
        while (Interlocked.CompareExchange(ref to, seen + value, seen) is var now && !now.Equals(seen)) seen = now;
    }
}
