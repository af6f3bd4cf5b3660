using Parley.Client;

namespace Parley.Bench.Customers;

/// <summary>The figures of a run, printed as they come.</summary>
internal static class CustomersReport
{
    private const double KiB = 1024;

    public static void Begin(CustomersOptions options)
    {
        Line(Machine.Name);
        Line($"{options.Pollers} customers poll every {options.PollEvery.TotalSeconds:0} s, "
            + $"{options.Pushed} are on CometD by websocket");
        Line($"{options.AgentCount} agents answer one of {options.AnswerEvery} messages of a customer, "
            + $"{options.TextSize} bytes a message");
        Line($"periods of {options.Measured.TotalSeconds:0} s after {options.WarmUp.TotalSeconds:0} s of warm-up");
    }

    public static void Print(Measures measures, long empty, Opening polling, Opening pushed)
    {
        Line($"");
        Line($"{"opening",-30}{"chats/s",10}{"accepted/s",12}{"KiB each",10}{"p50",10}{"p99",10}{"max ms",10}");
        Row("polling", polling, measures.Creates);
        Row("CometD", pushed, measures.PushedCreates);
        Line($"server: {empty >> 20} MB resident before, {(empty + polling.Bytes + pushed.Bytes) >> 20} MB with everybody");

        static void Row(string name, Opening opening, Latencies creates) => Line(
            $"{name,-30}{PerSecond(opening.Customers, opening.Begun),10:0}{PerSecond(opening.Customers, opening.Accepted),12:0}"
            + $"{opening.Bytes / KiB / Math.Max(1, opening.Customers),10:0.0}"
            + $"{Millis(creates, 0.5),10:0.0}{Millis(creates, 0.99),10:0.0}{creates.Longest.TotalMilliseconds,10:0.0}");
    }

    public static void Print(Period period)
    {
        Line($"");
        Line($"{period.Name,-30}{"per second",10}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"max ms",10}");
        Row("polls", period, period.Measures.Polls);
        Row("sends, to the answer", period, period.Measures.Sends);
        Row("sends, to the own push", period, period.Measures.OwnPushes);
        Row("agents' sends, to the push", period, period.Measures.AgentPushes);
        var each = period.Measures.Polls.Count == 0 ? "" : $" ({period.MicrosPerPoll:0} µs for each poll, all included)";
        Line($"server {period.Server.Cpu / period.Length:0.000} cores{each}, "
            + $"{period.Server.Memory >> 20} MB resident; this program {period.OwnCpu / period.Length:0.00} cores; "
            + $"other programs {period.OtherCores:0.00} cores");

        static void Row(string name, Period period, Latencies values)
        {
            if (values.Count > 0)
                Line($"{name,-30}{values.Count / period.Length.TotalSeconds,10:0}{Millis(values, 0.5),10:0.00}"
                    + $"{Millis(values, 0.9),10:0.00}{Millis(values, 0.99),10:0.00}{Millis(values, 0.999),10:0.00}"
                    + $"{values.Longest.TotalMilliseconds,10:0.00}");
        }
    }

    public static void PrintBare(double bytesPerPoller) => Line($"{bytesPerPoller / KiB:0.0} KiB for each who polls");

    public static void End(Faults faults)
    {
        Line($"");
        Line($"errors: {faults.Total}");
        foreach (var (kind, count) in faults.Kinds) Line($"{count} x {kind}");
    }

    private static double PerSecond(int count, TimeSpan time) => count / Math.Max(1e-9, time.TotalSeconds);

    private static double Millis(Latencies values, double share) => values.Percentile(share).TotalMilliseconds;

    private static void Line(string text) => Console.WriteLine(text);
}
