using System.Diagnostics;
using System.Globalization;
using Parley.Bench.Push;
using Parley.Client;

namespace Parley.Bench.Engines;

/// <summary>The engines one after the other on the same machine, and what the HTTP stack alone answers there.</summary>
internal static class EnginesRun
{
    /// <summary>Runs and prints. Answers the exit code: 0 if nothing went wrong, 1 if something did.</summary>
    public static async Task<int> ExecuteAsync(EnginesOptions options, CancellationToken interrupted)
    {
        Console.WriteLine(Machine.Name);
        Console.WriteLine(
            $"{options.Chats} chats, {options.InFlight} sends in flight, {options.Seconds} s measured after {options.WarmUp} s "
            + $"of warm-up; paced: {options.Rate} customer messages/s and the agents' answers");
        Console.WriteLine();
        Console.WriteLine(
            $"{"",-28}{"messages/s",11}{"send p50",10}{"p99",8}{"notified p50",14}{"p99",8}{"cores",7}{"MB",6}{"faults",8}");

        (string Name, int Nodes, bool IsPaced)[] engines =
        [
            ("SQLite", 0, false), ("PostgreSQL, one node", 1, false), ("PostgreSQL, two nodes", 2, false),
            ("PostgreSQL, two nodes, paced", 2, true),
        ];
        var isFaultless = true;
        foreach (var (name, nodes, isPaced) in engines)
        {
            if (await ChatRun.MeasureAsync(options.Chat(nodes, isPaced), interrupted) is not { } figures) return 1;
            Print(name, figures);
            isFaultless &= figures.IsFaultless;
        }
        try
        {
            await PrintBareAsync(options, interrupted);
        }
        catch (Exception refused) when (refused is IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The run was given up: {refused.Message}");
            return 1;
        }
        return isFaultless ? 0 : 1;
    }

    private static void Print(string name, ChatFigures figures)
    {
        var (send, notified) = (figures.Messages.Replies, figures.Messages.AcceptedToNotified);
        var spent = figures.Period.Server!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28}{figures.PerSecond,11:0}{Millis(send, 0.5),10:0.0}{Millis(send, 0.99),8:0.0}"
            + $"{Millis(notified, 0.5),14:0.0}{Millis(notified, 0.99),8:0.0}{spent.Cpu / figures.Period.Length,7:0.00}"
            + $"{spent.PeakMemory >> 20,6}{figures.Faults,8}"));
    }

    /// <summary>The same sends to a server that reads the form, stores nothing, tells nobody and answers a fixed text.</summary>
    private static async Task PrintBareAsync(EnginesOptions options, CancellationToken interrupted)
    {
        using var server = PeerServer.Start(Contestant.PollCeiling);
        using var wire = new Wire(new Uri($"http://{server.Address}"));
        var address = wire.At("/genesys/2/chat/customer-support/00000a0000000000/send");
        byte[] fields =
        [
            .. "userId=0000000000000000&secureKey=00000000000000000000000000000000"u8,
            .. "&alias=1&messageType=text&message="u8,
        ];
        var texts = new CustomerText(options.Chat(0, isPaced: false).TextSize);
        var cost = ServerCost.Of(server.Pid)!;
        var replies = new Latencies();
        var isMeasured = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var sending = Pace.ClosedAsync(
            options.InFlight,
            async (number, due) =>
            {
                var answer = await wire.PostAsync(address, texts.Body(fields, number), Wire.Form, null, stop.Token);
                if (answer.Refusal() is { } refusal) throw new IOException($"the bare server: {refusal}");
                if (Volatile.Read(ref isMeasured)) replies.Record(due, Stopwatch.GetTimestamp());
            },
            stop.Token);
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(Math.Min(10, options.WarmUp)), interrupted));
        cost.Start();
        Volatile.Write(ref isMeasured, true);
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(options.Seconds), interrupted));
        Volatile.Write(ref isMeasured, false);
        var (spent, answers) = (cost.Stop(), replies.Count);
        await stop.CancelAsync();
        await sending;
        interrupted.ThrowIfCancellationRequested();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"bare HTTP, nothing stored",-28}{(double)answers / options.Seconds,11:0}{Millis(replies, 0.5),10:0.0}"
            + $"{Millis(replies, 0.99),8:0.0}{"",22}{spent.Cpu.TotalSeconds / options.Seconds,7:0.00}"
            + $"{spent.PeakMemory >> 20,6}"));
    }

    private static double Millis(Latencies values, double share) => values.Percentile(share).TotalMilliseconds;
}
