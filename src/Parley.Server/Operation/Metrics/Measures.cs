using System.Diagnostics.Metrics;
using Parley.Log;

namespace Parley.Server.Operation.Metrics;

/// <summary>What Parley counts and times as it happens: the meter <c>Parley</c>.</summary>
/// <remarks>Tags are words of this program alone, never of a request or of the contact centre's people.</remarks>
internal sealed class Measures
{
    public const string Name = "Parley";

    private static readonly string[] Reasons = Enum.GetNames<Reason>();

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Histogram<double> appends;
    private readonly Histogram<double> tells;
    private readonly Counter<long> commands;
    private readonly Counter<long> admissions;
    private readonly Counter<long> refusedRequests;

    public Measures(IMeterFactory meters)
    {
        Meter = meters.Create(Name);
        appends = Meter.CreateHistogram(
            "parley.append.duration", "s", "How long commands took to be stored, by outcome.", tags: null, Durations);
        tells = Meter.CreateHistogram(
            "parley.tell.duration", "s", "From the wish to store a command until those who are pushed were told of it.",
            tags: null, Durations);
        commands = Meter.CreateCounter<long>(
            "parley.commands", "{command}", "Commands on chats and agents, by operation and outcome.");
        admissions = Meter.CreateCounter<long>(
            "parley.admissions", "{request}", "Customers' requests for a chat, by outcome.");
        refusedRequests = Meter.CreateCounter<long>(
            "parley.requests.refused", "{request}", "Requests refused because too many were under way.");
    }

    /// <summary>For those who add what can be looked at at any time.</summary>
    public Meter Meter { get; }

    /// <summary>An append came to an end; null if the log could not take it.</summary>
    public void Appended(AppendOutcome? outcome, TimeSpan took)
    {
        if (appends.Enabled) appends.Record(took.TotalSeconds, Tag("outcome", WordOf(outcome)));
    }

    /// <summary>Everybody was told of a command.</summary>
    public void Told(TimeSpan took) => tells.Record(took.TotalSeconds);

    /// <summary>A command was decided, and stored if there was anything to store.</summary>
    public void Decided(Type operation, Rejection? refused)
    {
        if (!commands.Enabled) return;
        var outcome = refused is null ? "Done" : Reasons[(int)refused.Reason];
        commands.Add(1, Tag("operation", operation.Name), Tag("outcome", outcome));
    }

    /// <summary>A customer asked for a chat.</summary>
    /// <param name="outcome">One word of a few.</param>
    public void Asked(string outcome)
    {
        if (admissions.Enabled) admissions.Add(1, Tag("outcome", outcome));
    }

    public void RefusedRequest() => refusedRequests.Add(1);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string WordOf(AppendOutcome? outcome) => outcome switch
    {
        AppendOutcome.Stored => "Stored",
        AppendOutcome.Stale => "Stale",
        AppendOutcome.Repeated => "Repeated",
        _ => "Unavailable",
    };
}
