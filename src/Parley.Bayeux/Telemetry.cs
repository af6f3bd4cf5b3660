using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Parley.Bayeux;

/// <summary>What can be measured and traced: a meter and an activity source, both called <c>Parley.Bayeux</c>.</summary>
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
    private int held;

    public Telemetry(BayeuxServer server)
    {
        meter.CreateObservableUpDownCounter("bayeux.sessions", () => server.SessionCount, "{session}", "Live sessions.");
        meter.CreateObservableUpDownCounter(
            "bayeux.connects.held", () => Volatile.Read(ref held), "{connect}", "Connects that wait for their answer.");
        handshakes = meter.CreateCounter<long>("bayeux.handshakes", "{handshake}", "Handshakes that made a session, by transport.");
        ended = meter.CreateCounter<long>("bayeux.sessions.ended", "{session}", "Ended sessions, by reason.");
        messages = meter.CreateCounter<long>("bayeux.messages", "{message}", "Messages of clients, by kind.");
        refusals = meter.CreateCounter<long>("bayeux.refusals", "{message}", "Messages refused, by error.");
        published = meter.CreateCounter<long>("bayeux.events.published", "{event}", "Events published.");
        queued = meter.CreateCounter<long>("bayeux.events.queued", "{event}", "Copies of published events queued for sessions.");
        overflows = meter.CreateCounter<long>("bayeux.queue.overflows", "{event}", "Events that met a full queue, by what became of it.");
    }

    /// <summary>A message is about to be processed; a span is begun for all but connects, which wait.</summary>
    public Activity? Began(BayeuxMessage message)
    {
        var kind = KindOf(message.Channel!);
        if (messages.Enabled) messages.Add(1, new KeyValuePair<string, object?>("kind", kind));
        if (kind == "connect" || !Traces.HasListeners()) return null;

        var span = Traces.StartActivity("bayeux " + kind, ActivityKind.Server);
        span?.SetTag("bayeux.channel", message.Channel);
        return span;
    }

    public void Started(string connectionType) =>
        handshakes.Add(1, new KeyValuePair<string, object?>("transport", connectionType));

    public void Held(int change) => Interlocked.Add(ref held, change);

    public void Ended(EndReason reason) => ended.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Refused(string error)
    {
        if (refusals.Enabled) refusals.Add(1, new KeyValuePair<string, object?>("error", error));
        Activity.Current?.SetTag("bayeux.error", error);
    }

    public void Published(int copies)
    {
        published.Add(1);
        queued.Add(copies);
    }

    public void Overflowed(QueueVerdict verdict) =>
        overflows.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));

    public void Dispose() => meter.Dispose();

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
