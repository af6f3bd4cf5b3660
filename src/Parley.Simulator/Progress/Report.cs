using System.Globalization;
using System.Text;
using Parley.Client;
using Parley.Simulator.Measures;
using Parley.Simulator.Sizing;

namespace Parley.Simulator.Progress;

/// <summary>What is printed at the end, in Markdown.</summary>
internal static class Report
{
    /// <param name="elapsed">How long it was, in the time of the people.</param>
    /// <param name="measured">What the sizing table is made from.</param>
    public static string Of(Shift shift, TimeSpan elapsed, Measured measured)
    {
        var text = new StringBuilder();
        People(text, shift, elapsed, measured);
        Answers(text, shift.Meter);
        Troubles(text, shift.Meter);
        Sizing(text, measured);
        return text.ToString();
    }

    private static void People(StringBuilder text, Shift shift, TimeSpan elapsed, Measured measured)
    {
        var (tally, options) = (shift.Tally, shift.Options);
        Add(text, $"\n# Simulation\n\n");
        Add(text, $"Seed {options.Seed}, {options.Url}, {elapsed.TotalMinutes:0.0} minutes at speed {options.Speed:0.##}; ");
        Add(text, $"{options.Agents} agents, {options.CustomersPerMinute:0.##} customers a minute.\n\n");
        Add(text, $"{tally.Came} customers came: {tally.Of(Outcome.Done)} done, {tally.Of(Outcome.GaveUp)} gave up waiting, ");
        Add(text, $"{tally.Of(Outcome.Unanswered)} left unanswered, {tally.Of(Outcome.Ended)} were ended by the other side, ");
        Add(text, $"{tally.Of(Outcome.TurnedAway)} turned away, {tally.Of(Outcome.CutShort)} cut short at the end, ");
        Add(text, $"{tally.Of(Outcome.Failed)} failed.\n");
        Add(text, $"{tally.Messages} messages, {shift.Meter.Requests} requests, {tally.Transfers} transfers, ");
        Add(text, $"{tally.Reconnects} connections lost and found again.\n");
        Add(text, $"Customers waited {Seconds(tally.Waits, 0.5)} s (p50), {Seconds(tally.Waits, 0.95)} s (p95), ");
        Add(text, $"{tally.Waits.Longest.TotalSeconds:0.0} s at most. ");
        Add(text, $"A chat took an agent {measured.Handling.TotalSeconds:0} s, {measured.Concurrency:0.0} at once; ");
        Add(text, $"at most {tally.MostInChat} at once altogether.\n");
    }

    private static void Answers(StringBuilder text, Meter meter)
    {
        Add(text, $"\n## Answers of the server, milliseconds\n\n| request | count | p50 | p95 | p99 | max |\n");
        Add(text, $"| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var (kind, took) in meter.Kinds.Append(KeyValuePair.Create("all", meter.Answers)))
        {
            Add(text, $"| {kind} | {took.Count} | {Millis(took, 0.5)} | {Millis(took, 0.95)} | {Millis(took, 0.99)} ");
            Add(text, $"| {took.Longest.TotalMilliseconds:0.0} |\n");
        }
    }

    private static void Troubles(StringBuilder text, Meter meter)
    {
        if (meter.Troubles.Count == 0) return;
        Add(text, $"\n## What was not done\n\n| | count | what |\n| --- | ---: | --- |\n");
        foreach (var (verdict, what, count) in meter.Troubles) Add(text, $"| {Named(verdict)} | {count} | {what} |\n");
        if (meter.Troubles.Any(trouble => trouble.What.Contains("HTTP 429", StringComparison.Ordinal)))
            Add(text, $"\nThe server limits what one address may ask. {Advice}\n");
    }

    private const string Advice =
        "For a simulation start it with --Parley:Customers:CreatesPerMinute=0 --Parley:Customers:RequestsPerMinute=0.";

    private static void Sizing(StringBuilder text, Measured measured)
    {
        Add(text, $"\n## Sizing\n\n");
        if (measured.ChatsPerAgentHour <= 0)
        {
            Add(text, $"No chat was brought to its end: simulate for longer, or with fewer customers.\n");
            return;
        }
        Add(text, $"One agent who always has chats: {measured.ChatsPerAgentHour:0.0} chats an hour. ");
        Add(text, $"One chat: {measured.MessagesPerChat:0.0} messages, {measured.RequestsPerChat:0} requests");
        if (measured.Cost is { } cost) Add(text, $", {cost.CpuSeconds * 1000:0} ms of processor time");
        Add(text, $".\n\n");
        text.Append(SizingTable.Of(measured));
        if (measured.Cost is null)
            Add(text, $"\nWhat the server uses is left out: that takes {CostPerChat.FewestChats} chats, and a /metrics to read.\n");
        else if (measured.Cost.Memory is null)
            Add(text, $"\nMemory is left out: that takes {CostPerChat.FewestChats} chats at once.\n");
    }

    private static string Named(Verdict verdict) => verdict switch
    {
        Verdict.Overload => "overload",
        Verdict.TooLate => "too late",
        Verdict.Interrupted => "interrupted",
        _ => "error",
    };

    private static string Seconds(Latencies waits, double share) =>
        waits.Percentile(share).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Millis(Latencies took, double share) =>
        took.Percentile(share).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder text, FormattableString part) => text.Append(FormattableString.Invariant(part));
}
