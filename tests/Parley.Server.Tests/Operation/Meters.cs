using System.Diagnostics.Metrics;

namespace Parley.Server.Tests.Operation;

/// <summary>Meters of a test's own, which no other test hears.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly List<Meter> all = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        all.Add(meter);
        return meter;
    }

    public void Dispose() => all.ForEach(m => m.Dispose());
}
