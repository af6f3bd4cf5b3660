using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Parley.Server.Operation.Metrics;

/// <summary>Listens to this server's meters and those of the process, and says at any time what they measured.</summary>
internal sealed partial class Collector : IHostedService, IDisposable
{
    /// <summary>The meters that are listened to, here and for OTLP.</summary>
    public static readonly string[] Meters =
    [
        Measures.Name, "Parley.Log", "Parley.Bayeux", "System.Runtime", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private readonly ConcurrentDictionary<Instrument, Recording> recordings = new();
    private readonly MeterListener listener = new();
    private readonly Lock looking = new();
    private readonly IMeterFactory own;
    private readonly MetricsOptions options;
    private readonly ILogger<Collector> log;

    public Collector(IMeterFactory own, MetricsOptions options, ILogger<Collector> log)
    {
        (this.own, this.options, this.log) = (own, options, log);
        listener.InstrumentPublished = Publish;
        listener.MeasurementsCompleted = (instrument, _) => recordings.TryRemove(instrument, out Recording? _);
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, of) => ((Recording)of!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, of) => ((Recording)of!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, of) => ((Recording)of!).Record(value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    /// <summary>Everything as it is now, ordered by name.</summary>
    public IReadOnlyList<Family> Look()
    {
        lock (looking)
        {
            foreach (var recording in recordings.Values) recording.BeginLook();
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                CannotLook(e);
            }
            return [.. Families.Of(recordings.Values)];
        }
    }

    /// <summary>Whether the instrument is one of a server, or of the process, and not of another server in it.</summary>
    public static bool Concerns(IMeterFactory server, Instrument instrument) =>
        Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == server);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!Concerns(own, instrument)) return;
        listener.EnableMeasurementEvents(instrument, recordings.GetOrAdd(instrument, i => new Recording(i, options.MaxSeries)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some metrics could not be looked at")]
    private partial void CannotLook(Exception e);
}
