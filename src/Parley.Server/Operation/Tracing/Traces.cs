using System.Collections.Immutable;
using System.Diagnostics;
using Parley.Log;

namespace Parley.Server.Operation.Tracing;

/// <summary>
/// The way of a message through the server as a trace: the request, its command, the append, the telling from the log's tail,
/// each push. The activity source <c>Parley</c>.
/// </summary>
/// <remarks>
/// Between append and tail there is only the log, so the stamp carries where the trace stands, over to whichever node tells.
/// In no span is anything that people said, are called, or have as a key.
/// </remarks>
internal static class Traces
{
    public const string Name = "Parley";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody collects traces.</summary>
    public static bool AreCollected => Source.HasListeners();

    /// <summary>Where the present trace stands, as <c>traceparent</c> writes it; null if nothing is traced here.</summary>
    public static string? Here => Followed?.Id;

    /// <summary>The same for those who go on later; empty if nothing is traced here.</summary>
    public static ImmutableArray<ActivityContext> Context => Followed is { } span ? [span.Context] : [];

    /// <summary>What callers say of traces of their own counts for nothing: anybody may call.</summary>
    private static Activity? Followed =>
        Activity.Current is { Recorded: true } span && span.Source.Name is Name or "Parley.Bayeux" ? Activity.Current : null;

    /// <summary>A request, by the pattern of its address.</summary>
    public static Activity? Request(string method, string route) => Source.StartActivity($"{method} {route}", ActivityKind.Server)
        ?.SetTag("http.request.method", method).SetTag("http.route", route);

    /// <summary>A command on a chat or an agent, from its decision to the answer.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="chat">The chat; null where it is none.</param>
    public static Activity? Command(Type operation, ChatId? chat = null)
    {
        if (!AreCollected) return null;
        var span = Source.StartActivity($"command {operation.Name}")?.SetTag("parley.operation", operation.Name);
        return chat is { } id ? span?.SetTag("parley.chat", id.Value) : span;
    }

    /// <summary>How a command ended.</summary>
    public static void Outcome(this Activity? span, Rejection? refused)
    {
        if (span is null || refused is null) return;
        span.SetTag("parley.refused", refused.Reason.ToString());
        if (refused.Reason == Reason.Unavailable) span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>The wait until a command is stored.</summary>
    public static Activity? Append() => AreCollected ? Source.StartActivity("append") : null;

    /// <summary>How an append ended.</summary>
    public static void Outcome(this Activity? span, AppendOutcome outcome) =>
        span?.SetTag("parley.append.outcome", outcome.ToString());

    /// <summary>The telling of what was stored, on the node that tells.</summary>
    /// <param name="trace">Where the trace stood when it was stored; null if there was none.</param>
    public static Activity? Tell(string? trace) =>
        trace is not null && AreCollected && ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? Source.StartActivity("tell", ActivityKind.Consumer, parent)
            : null;

    /// <summary>A push to sessions of one agent.</summary>
    public static Activity? Push(string topic, int sessions) => Followed is null
        ? null
        : Source.StartActivity("push agent", ActivityKind.Producer)
            ?.SetTag("messaging.destination.name", topic).SetTag("parley.sessions", sessions);

    /// <summary>A push of what has happened in a chat to its customer's sessions, in each of the traces that led to it.</summary>
    public static IDisposable? Push(ImmutableArray<ActivityContext> traces, int sessions)
    {
        if (traces.IsDefaultOrEmpty) return null;
        var spans = traces.Select(trace => Source.StartActivity("push customer", ActivityKind.Producer, trace)).ToArray();
        foreach (var span in spans) span?.SetTag("parley.sessions", sessions);
        return new Spans(spans);
    }

    /// <summary>Spans that end together, the last first, as they began.</summary>
    private sealed class Spans(Activity?[] spans) : IDisposable
    {
        public void Dispose()
        {
            foreach (var span in spans.Reverse()) span?.Dispose();
        }
    }
}
