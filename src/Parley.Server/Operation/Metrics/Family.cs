namespace Parley.Server.Operation.Metrics;

/// <summary>A metric as Prometheus knows it: a name, a type, and its samples.</summary>
/// <param name="Type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
internal sealed record Family(string Name, string Type, string Help, IReadOnlyList<Sample> Samples);

/// <summary>One number.</summary>
/// <param name="Suffix">Of a histogram's sample <c>_bucket</c>, <c>_sum</c> or <c>_count</c>; of any other nothing.</param>
internal readonly record struct Sample(string Suffix, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);
