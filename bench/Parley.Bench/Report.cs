using System.Globalization;
using System.Runtime.InteropServices;
using Parley.Client;

namespace Parley.Bench;

/// <summary>The figures of a run, printed.</summary>
internal static class Report
{
    public static void Print(ChatFigures figures)
    {
        var (options, stage, period) = figures;
        var messages = figures.Messages;
        var seconds = period.Length.TotalSeconds;

        Line("load", options.Rate is { } rate
            ? $"open loop, {rate} customer messages/s"
            : $"closed loop, {options.InFlight} in flight");
        Line("", $"{period.Talking} chats of {options.Chats} accepted, {options.Agents.Count} agents by "
            + (options.LongPolling ? "long-polling" : "websocket") + $", {options.TextSize} bytes a message");
        Line("measured", $"{seconds:0.0} s after {options.WarmUp.TotalSeconds:0} s of warm-up");
        Line("machine", $"{Environment.ProcessorCount} cores shared with this program, {RuntimeInformation.OSDescription}, "
            + RuntimeInformation.FrameworkDescription);
        Line("opening", $"{period.Talking / period.Opening.TotalSeconds:0} chats/s created, offered and accepted");
        Console.WriteLine();
        Line("durable messages/s", $"{figures.PerSecond:0} "
            + $"({figures.CustomersPerSecond:0} of customers, {figures.AgentsPerSecond:0} of agents)");
        Line("disk flushes/s", $"{period.DiskFlushes:0} one by one: the limit of a server that flushes for each message");
        if (stage.SkippedAnswers > 0) Line("", $"{stage.SkippedAnswers} answers not given: agents were behind with theirs");
        Line("refreshes/s", $"{period.RefreshesAnswered / seconds:0}");
        Line(
            "errors",
            $"{stage.Faults.Total} answers, {stage.Journal.Unseen()} never notified, {stage.Journal.Repeats} notified twice");
        foreach (var (kind, count) in stage.Faults.Kinds) Line("", $"{count} x {kind}");
        Console.WriteLine();
        Console.WriteLine($"{"milliseconds",-26}{"count",10}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}");
        Row("customer send, reply", messages.Replies);
        Row("accepted to notified", messages.AcceptedToNotified);
        Row("sent to notified", messages.SentToNotified);
        Row("agent send, reply", stage.Answers);
        Row("refresh, reply", stage.Refreshes);
        Row("create, reply", stage.Creates);
        Row("offer heard to accepted", stage.Accepts);
        Console.WriteLine();
        Line(
            "notified first",
            $"{Share(messages.NotifiedFirst, messages.AcceptedToNotified.Count)} of notifications overtook the reply");
        if (period.Server is { } server)
            Line("server", $"{server.Cpu / period.Length:0.00} cores, "
                + $"{server.Memory >> 20} MB resident, {server.PeakMemory >> 20} MB at most");
        Line("this program", $"{period.OwnCpu / period.Length:0.00} cores");
    }

    private static void Line(string name, FormattableString text) => Line(name, text.ToString(CultureInfo.InvariantCulture));

    private static void Line(string name, string text) => Console.WriteLine($"{name,-20} {text}");

    private static void Row(string name, Latencies values) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-26}{values.Count,10}{Millis(values, 0.5),10:0.00}{Millis(values, 0.9),10:0.00}{Millis(values, 0.99),10:0.00}"
            + $"{Millis(values, 0.999),10:0.00}{values.Longest.TotalMilliseconds,10:0.00}"));

    private static double Millis(Latencies values, double share) => values.Percentile(share).TotalMilliseconds;

    private static string Share(long part, long whole) =>
        (whole == 0 ? 0 : (double)part / whole).ToString("0.0 %", CultureInfo.InvariantCulture);
}
