using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Tests.Operation;

/// <summary>A collector: it takes what is sent by OTLP as Protobuf over HTTP, and nothing else.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Span> spans = new();
    private readonly ConcurrentDictionary<string, bool> metrics = new();
    private readonly ConcurrentQueue<string> raw = new();

    private OtlpReceiver(WebApplication app) => this.app = app;

    public string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IEnumerable<Span> Spans => spans.Values;

    /// <summary>The names of metrics that came.</summary>
    public IEnumerable<string> Metrics => metrics.Keys;

    /// <summary>Everything that was sent, with what is not text in between.</summary>
    public string Raw => string.Join('\n', raw);

    /// <summary>The values of a header of the requests.</summary>
    public ConcurrentDictionary<string, bool> Keys { get; } = new();

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.MapPost("/v1/traces", (HttpRequest request) => receiver.Take(request, receiver.TakeSpans));
        receiver.app.MapPost("/v1/metrics", (HttpRequest request) => receiver.Take(request, receiver.TakeMetrics));
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task<IResult> Take(HttpRequest request, Action<Protobuf> take)
    {
        if (request.ContentType != "application/x-protobuf") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        Keys[request.Headers["x-key"].ToString()] = true;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        raw.Enqueue(System.Text.Encoding.Latin1.GetString(body.ToArray()));
        take(Protobuf.Read(body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    // ExportTraceServiceRequest, ResourceSpans, ScopeSpans, Span
    private void TakeSpans(Protobuf request)
    {
        foreach (var scope in request.All(1).SelectMany(resource => resource.All(2)))
        {
            foreach (var span in scope.All(2))
            {
                var tags = span.All(9).ToDictionary(tag => tag.Text(1), tag => ValueOf(tag.All(2).Single()));
                spans[span.Hex(2)] = new Span(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), tags);
            }
        }
    }

    // AnyValue: a text or a whole number
    private static string ValueOf(Protobuf value) => value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(3)}";

    // ExportMetricsServiceRequest, ResourceMetrics, ScopeMetrics, Metric
    private void TakeMetrics(Protobuf request)
    {
        foreach (var metric in request.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)))
            metrics[metric.Text(1)] = true;
    }

    internal sealed record Span(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags);
}
