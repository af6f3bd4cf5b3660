using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>
/// What can be measured and traced. Other tests run in the same process: each looks at a server of its own name.
/// </summary>
public sealed class TelemetryTests
{
    private readonly string name = $"telemetry-{Guid.NewGuid():N}";
    private readonly ManualTime time = new();

    [Fact]
    public async Task Every_instrument_counts_with_its_tags_and_they_balance()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = Listen(counted);
        await using var host = await Start(o => (o.MaxQueue, o.WhenQueueFull) = (1, (_, _) => QueueVerdict.DropNewest));
        var server = host.Service<BayeuxServer>(name);
        server.Channels.Listen(ChannelName.Parse("/service/x"), _ => new(true));
        var client = new Polling(Named(host));
        await client.Handshake();
        await client.Subscribe("/a");
        await client.Connect();
        await client.Publish("/a", "1");
        await client.Publish("/service/x", "1");
        await client.Publish("/none", "1");
        await client.Publish("/meta/x", "1");
        var held = client.Connect();
        await Eventually.True(() => server.SessionsOf("anonymous").Single().HoldsConnect);
        Assert.Equal((1, 1), Gauges(listener, counted));

        using (server.SessionsOf("anonymous").Single().Batch())
        {
            server.Publish(TestHost.Event("/a", 1));
            server.Publish(TestHost.Event("/a", 2));
        }
        await held;
        Assert.Equal((1, 0), Gauges(listener, counted));
        await client.Send($"[{client.Message("/meta/unsubscribe", ",\"subscription\":\"/a\"")}]");
        await client.Disconnect();
        Assert.Equal((0, 0), Gauges(listener, counted));
        await client.Connect();

        Assert.Equal(
            [
                "bayeux.connects.held  0",
                "bayeux.events.published  4",
                "bayeux.events.queued  2",
                "bayeux.handshakes transport=long-polling 1",
                "bayeux.messages kind=connect 3",
                "bayeux.messages kind=disconnect 1",
                "bayeux.messages kind=handshake 1",
                "bayeux.messages kind=publish 3",
                "bayeux.messages kind=service 1",
                "bayeux.messages kind=subscribe 1",
                "bayeux.messages kind=unsubscribe 1",
                "bayeux.queue.overflows verdict=DropNewest 1",
                "bayeux.refusals error=402::session_unknown 1",
                "bayeux.refusals error=403:denied_by_security_policy:channel_create_denied 1",
                "bayeux.sessions  0",
                "bayeux.sessions.ended reason=Disconnected 1",
            ],
            counted.Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Held_connects_balance_however_they_end()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = Listen(counted);
        await using var host = await Start();
        var server = host.Service<BayeuxServer>(name);
        using var lost = await RawSocket.Connect(new UriBuilder(host.WebSocketAddress) { Path = "/named" }.Uri);
        await lost.Handshake();
        await lost.Ask("/meta/connect");
        await lost.Send($"[{lost.Message("/meta/connect")}]");
        var session = server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.HoldsConnect);
        Assert.Equal((1, 1), Gauges(listener, counted));
        await lost.Send($"[{lost.Message("/meta/connect")}]"); // supersedes
        await lost.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        Assert.Equal((1, 1), Gauges(listener, counted));
        lost.Abort();
        await Eventually.True(() => session.IsDetached);
        Assert.Equal((1, 0), Gauges(listener, counted));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((0, 0), Gauges(listener, counted));
        Assert.Equal(1, counted["bayeux.sessions.ended reason=Expired"]);
    }

    [Fact]
    public async Task A_span_covers_each_message_but_connects_and_tells_channel_and_error()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Parley.Bayeux",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("bayeux.endpoint") != name) return;
                var (channel, error) = (span.GetTagItem("bayeux.channel"), span.GetTagItem("bayeux.error"));
                spans.Enqueue($"{span.OperationName} {channel} {error}".Trim());
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Start();
        var broken = host.Service<BayeuxServer>(name).Channels.Listen(
            ChannelName.Parse("/service/broken"), _ => throw new FormatException());
        var client = await new Polling(Named(host)).Open("/a");
        await client.Publish("/a", "1");
        await client.Publish("/service/none", "1");
        using (await client.Post($"[{client.Message("/service/broken", ",\"data\":1")}]")) broken.Dispose();
        await client.Disconnect();
        Assert.Equal(
            [
                "bayeux handshake /meta/handshake",
                "bayeux subscribe /meta/subscribe",
                "bayeux publish /a",
                "bayeux service /service/none 403:denied_by_security_policy:publish_denied",
                "bayeux service /service/broken 500::internal_error",
                "bayeux disconnect /meta/disconnect",
            ],
            spans);
    }

    private Task<TestHost> Start(Action<BayeuxOptions>? configure = null) => TestHost.Start(
        time,
        build: b =>
        {
            b.Services.AddKeyedSingleton<IBayeuxPolicy>(name, new OpenPolicy());
            b.Services.AddBayeux(name, configure);
        },
        use: app => app.MapBayeux("/named", name));

    private static HttpClient Named(TestHost host)
    {
        var http = host.NewHttp();
        http.BaseAddress = new UriBuilder(host.Address) { Path = "/named" }.Uri;
        return http;
    }

    private MeterListener Listen(ConcurrentDictionary<string, long> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "Parley.Bayeux") own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (KeyOf(instrument, tags) is { } key) counted.AddOrUpdate(key, value, (_, before) => before + value);
        });
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            if (KeyOf(instrument, tags) is { } key) counted[key] = value;
        });
        listener.Start();
        return listener;
    }

    private string? KeyOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        if (!all.Contains(new("bayeux.endpoint", name))) return null;
        var others = all.Where(t => t.Key != "bayeux.endpoint").Select(t => $"{t.Key}={t.Value}");
        return $"{instrument.Name} {string.Join(',', others)}";
    }

    private static (long Sessions, long Held) Gauges(MeterListener listener, ConcurrentDictionary<string, long> counted)
    {
        listener.RecordObservableInstruments();
        return (counted["bayeux.sessions "], counted["bayeux.connects.held "]);
    }
}
