namespace Parley.Server.Operation.Metrics;

/// <summary>Puts recordings together as Prometheus wants them: each name once, each series of it once.</summary>
internal static class Families
{
    public static IEnumerable<Family> Of(IEnumerable<Recording> recordings) =>
        from recording in recordings
        group recording by Naming.Of(recording) into same
        orderby same.Key
        // two instruments of one name and different kinds cannot be added up
        let kind = Naming.TypeOf(same.First())
        let samples = SamplesOf(same.Where(r => Naming.TypeOf(r) == kind)).ToList()
        where samples.Count > 0
        select new Family(same.Key, kind, same.First().Instrument.Description ?? "", samples);

    private static IEnumerable<Sample> SamplesOf(IEnumerable<Recording> recordings) =>
        from recording in recordings
        from series in recording.All
        let labels = Naming.LabelsOf(series.Key)
        group (Labels: labels, Series: series.Value) by string.Join('\0', labels.Select(l => $"{l.Key}\0{l.Value}")) into same
        orderby same.Key
        from sample in Together(same.First().Labels, [.. same.Select(s => s.Series)])
        select sample;

    private static IEnumerable<Sample> Together(KeyValuePair<string, string>[] labels, List<Series> series) =>
        series[0] is Series.Distribution first
            ? Distribution(labels, [.. series.OfType<Series.Distribution>().Where(d => d.Bounds.SequenceEqual(first.Bounds))])
            : [new Sample("", labels, series.Sum(ValueOf))];

    /// <summary>Each bucket counts what is in those before it, too.</summary>
    private static IEnumerable<Sample> Distribution(KeyValuePair<string, string>[] labels, List<Series.Distribution> series)
    {
        var bounds = series[0].Bounds;
        var sum = series.Sum(s => s.Total);
        long count = 0;
        for (var i = 0; i <= bounds.Count; i++)
        {
            count += series.Sum(s => s.Counts[i]);
            var bound = Exposition.Number(i < bounds.Count ? bounds[i] : double.PositiveInfinity);
            yield return new Sample("_bucket", [.. labels, KeyValuePair.Create("le", bound)], count);
        }
        yield return new Sample("_sum", labels, sum);
        yield return new Sample("_count", labels, count);
    }

    private static double ValueOf(Series series) => series switch
    {
        Series.Added added => added.Value,
        Series.Last last => last.Value,
        _ => 0,
    };
}
