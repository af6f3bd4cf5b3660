using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Parley.Bayeux;

/// <summary>
/// What can be measured and traced: a meter and an activity source, both called <c>Parley.Bayeux</c>. Everything is tagged with
/// the server's name as <c>bayeux.endpoint</c>.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    public const string Name = "Parley.Bayeux";

    private static readonly ActivitySource Traces = new(Name);

    private readonly Meter meter = new(Name);
    private readonly Counter<long> handshakes;
    private readonly Counter<long> ended;
    private readonly Counter<long> messages;
    private readonly Counter<long> refusals;
    private readonly Counter<long> published;
    private readonly Counter<long> queued;
    private readonly Counter<long> overflows;
    private readonly KeyValuePair<string, object?> endpoint;
    private int held;

    public Telemetry(BayeuxServer server)
    {
        endpoint = new("bayeux.endpoint", server.Name);
        meter.CreateObservableUpDownCounter(
            "bayeux.sessions", () => new Measurement<int>(server.SessionCount, endpoint), "{session}", "Live sessions.");
        meter.CreateObservableUpDownCounter(
            "bayeux.connects.held", () => new Measurement<int>(Volatile.Read(ref held), endpoint), "{connect}",
            "Connects that wait for their answer.");
        handshakes = meter.CreateCounter<long>(
            "bayeux.handshakes", "{handshake}", "Handshakes that made a session, by transport.");
        ended = meter.CreateCounter<long>("bayeux.sessions.ended", "{session}", "Ended sessions, by reason.");
        messages = meter.CreateCounter<long>("bayeux.messages", "{message}", "Messages of clients, by kind.");
        refusals = meter.CreateCounter<long>("bayeux.refusals", "{message}", "Messages refused, by error.");
        published = meter.CreateCounter<long>("bayeux.events.published", "{event}", "Events published.");
        queued = meter.CreateCounter<long>("bayeux.events.queued", "{event}", "Copies of published events queued for sessions.");
        overflows = meter.CreateCounter<long>(
            "bayeux.queue.overflows", "{event}", "Events that met a full queue, by what became of it.");
    }

    /// <summary>A message is about to be processed; a span is begun for all but connects, which wait.</summary>
    public Activity? Began(BayeuxMessage message)
    {
        var kind = KindOf(message.Channel!);
        Count(messages, "kind", kind);
        if (kind == "connect" || !Traces.HasListeners()) return null;

        var span = Traces.StartActivity("bayeux " + kind, ActivityKind.Server);
        span?.SetTag(endpoint.Key, endpoint.Value).SetTag("bayeux.channel", message.Channel);
        return span;
    }

    public void Started(string connectionType) => Count(handshakes, "transport", connectionType);

    public void Held(int change) => Interlocked.Add(ref held, change);

    public void Ended(EndReason reason) => Count(ended, "reason", reason.ToString());

    public void Refused(string error)
    {
        Count(refusals, "error", error);
        if (Activity.Current is { } span && span.Source == Traces) span.SetTag("bayeux.error", error);
    }

    public void Published(int copies)
    {
        published.Add(1, endpoint);
        queued.Add(copies, endpoint);
    }

    public void Delivered() => queued.Add(1, endpoint);

    public void Overflowed(QueueVerdict verdict) => Count(overflows, "verdict", verdict.ToString());

    public void Dispose() => meter.Dispose();

    private void Count(Counter<long> counter, string tag, string value)
    {
        if (counter.Enabled) counter.Add(1, endpoint, new KeyValuePair<string, object?>(tag, value));
    }

    private static string KindOf(string channel) => channel switch
    {
        BayeuxMessage.Handshake => "handshake",
        BayeuxMessage.Connect => "connect",
        BayeuxMessage.Subscribe => "subscribe",
        BayeuxMessage.Unsubscribe => "unsubscribe",
        BayeuxMessage.Disconnect => "disconnect",
        _ => channel.StartsWith("/service/", StringComparison.Ordinal) ? "service" : "publish",
    };
}
