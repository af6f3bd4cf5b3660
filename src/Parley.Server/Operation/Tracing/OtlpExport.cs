using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.Server.Operation.Metrics;

namespace Parley.Server.Operation.Tracing;

/// <summary>Sends traces and metrics to a collector: OTLP, as Protobuf over HTTP. One that is away holds nobody up.</summary>
internal sealed class OtlpExport(TelemetryOptions options, IMeterFactory own) : IHostedService, IDisposable
{
    /// <summary>How long what is left may take to be sent when the server stops.</summary>
    private const int LastWordsMs = 3_000;

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.IsOn) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService(
            options.ServiceName, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        var exporter = new OtlpTraceExporter(Exporter("v1/traces"));
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Traces.Name, "Parley.Bayeux")
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracedPercent / 100.0)))
            .AddProcessor(new ClientWords())
            .AddProcessor(new BatchActivityExportProcessor(exporter, options.MaxQueuedSpans, options.SendSpansEveryMs))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Collector.Meters)
            .AddView(instrument => Collector.Concerns(own, instrument) ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(Exporter("v1/metrics")), options.SendMetricsEveryMs))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces?.Shutdown(LastWordsMs);
            metrics?.Shutdown(LastWordsMs);
        },
        CancellationToken.None);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    private OtlpExporterOptions Exporter(string below) => new()
    {
        Protocol = OtlpExportProtocol.HttpProtobuf,
        Endpoint = new Uri($"{options.OtlpEndpoint.TrimEnd('/')}/{below}"),
        Headers = string.Join(',', options.OtlpHeaders),
    };
}
