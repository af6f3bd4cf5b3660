using System.Diagnostics;

namespace Parley.Bench;

/// <summary>
/// One run of <c>chat</c>: agents sign in, chats are opened, load is applied and measured, everybody goes home.
/// </summary>
internal sealed class ChatRun
{
    private const int OpeningAtOnce = 16;
    private const int MostUnderWay = 4096;
    private const int MostMessages = 4_000_000;
    private const int FastestMessages = 20_000;

    /// <summary>A few chats say as much here as thousands would.</summary>
    private static readonly string[] Unlimited = ["--Parley:Customers:RequestsPerMinute=0"];

    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Overhead = TimeSpan.FromMinutes(5);

    private readonly ChatOptions options;
    private readonly IReadOnlyList<Wire> nodes;
    private readonly Stage stage;
    private readonly Customer[] customers;

    private ChatRun(ChatOptions options, IReadOnlyList<Wire> nodes)
    {
        (this.options, this.nodes) = (options, nodes);
        var seconds = (options.WarmUp + options.Measured).TotalSeconds + 1;
        var messages = (int)Math.Min(MostMessages, seconds * (options.Rate ?? FastestMessages));
        stage = new Stage(new CustomerText(options.TextSize), new MessageJournal(messages), new Faults());
        customers =
        [
            .. Enumerable.Range(0, options.Chats)
                .Select(n => new Customer(n, nodes[n % nodes.Count], options.Service, stage)),
        ];
    }

    /// <summary>Runs and prints. Answers the exit code: 0 if nothing went wrong, 1 if something did.</summary>
    public static async Task<int> ExecuteAsync(ChatOptions options, CancellationToken interrupted)
    {
        if (await MeasureAsync(options, interrupted) is not { } figures) return 1;
        Report.Print(figures);
        return figures.IsFaultless ? 0 : 1;
    }

    /// <summary>Runs; null if it had to be given up, which has been said then.</summary>
    public static async Task<ChatFigures?> MeasureAsync(ChatOptions options, CancellationToken interrupted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        deadline.CancelAfter(options.WarmUp + options.Measured + Overhead);
        try
        {
            await using var started = options.StartsServer
                ? await ServerNodes.StartAsync(options.ServerDll, options.Center, options.Nodes, Unlimited, deadline.Token)
                : null;
            Wire[] nodes = [.. (started?.Urls ?? [options.Url]).Select(url => new Wire(url))];
            var run = new ChatRun(options, nodes);
            try
            {
                return await run.PlayAsync(started?.Cost() ?? ServerCost.Of(options.Pid), deadline.Token);
            }
            finally
            {
                foreach (var node in nodes) node.Dispose();
            }
        }
        catch (Exception refused) when (refused is IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The run was given up: {refused.Message}");
            return null;
        }
    }

    private async Task<ChatFigures> PlayAsync(ServerCost? cost, CancellationToken cancel)
    {
        var agents = new List<Agent>();
        try
        {
            foreach (var login in options.Agents)
            {
                agents.Add(new Agent(
                    login, nodes[(agents.Count + 1) % nodes.Count], stage, customers, options.AnswerEvery, options.LongPolling));
                await agents[^1].StartAsync(cancel);
            }
            var opening = Stopwatch.GetTimestamp();
            var talking = await OpenChatsAsync(cancel);
            var opened = Stopwatch.GetElapsedTime(opening);
            if (talking.Length == 0) throw new IOException("no chat was accepted by an agent");

            var period = await ApplyLoadAsync(talking, cost, cancel);
            await SettleAsync(() => stage.Journal.Unseen() + agents.Sum(agent => agent.Pending), cancel);
            await CloseChatsAsync(cancel);
            return new ChatFigures(
                options, stage,
                period with { Opening = opened, Talking = talking.Length, DiskFlushes = DiskFlushes.PerSecond() });
        }
        finally
        {
            foreach (var agent in agents) await agent.DisposeAsync();
        }
    }

    private async Task<Customer[]> OpenChatsAsync(CancellationToken cancel)
    {
        await Parallel.ForEachAsync(
            customers, new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancel },
            async (customer, ct) =>
            {
                if (await customer.CreateAsync(ct)) stage.Created(customer.ChatId);
            });
        await SettleAsync(() => options.Chats - stage.AcceptedCount, cancel);
        return [.. customers.Where(customer => stage.IsAccepted(customer.ChatId))];
    }

    private async Task<MeasuredPeriod> ApplyLoadAsync(Customer[] talking, ServerCost? cost, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var polling = options.PollSeconds == 0
            ? Task.CompletedTask
            : Pace.OpenAsync(
                (double)talking.Length / options.PollSeconds, MostUnderWay,
                (number, due) => talking[number % talking.Length].RefreshAsync(due, cancel), stop.Token);
        Task Send(int number, long due) => talking[number % talking.Length].SendAsync(due, cancel);
        var sending = options.Rate is { } rate
            ? Pace.OpenAsync(rate, MostUnderWay, Send, stop.Token)
            : Pace.ClosedAsync(Math.Min(options.InFlight, talking.Length), Send, stop.Token);

        await Task.Delay(options.WarmUp, cancel);
        stage.StartMeasuring();
        var from = Stopwatch.GetTimestamp();
        var ownCpu = Environment.CpuUsage.TotalTime;
        cost?.Start();
        await Task.Delay(options.Measured, cancel);
        var period = new MeasuredPeriod(from, Stopwatch.GetTimestamp(), cost?.Stop(), Environment.CpuUsage.TotalTime - ownCpu)
        {
            AnswersGiven = stage.Answers.Count,
            RefreshesAnswered = stage.Refreshes.Count,
        };
        await stop.CancelAsync();
        await Task.WhenAll(polling, sending);
        return period;
    }

    private async Task CloseChatsAsync(CancellationToken cancel)
    {
        var open = customers.Where(customer => customer.ChatId.Length > 0).ToArray();
        await Parallel.ForEachAsync(
            open, new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancel },
            async (customer, ct) => await customer.DisconnectAsync(ct));
        await SettleAsync(() => stage.AcceptedCount - stage.CompletedCount, cancel);
    }

    /// <summary>Waits until nothing is left to happen, or nothing has happened for a while.</summary>
    private static async Task SettleAsync(Func<int> left, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var least = int.MaxValue;
        var progress = Stopwatch.GetTimestamp();
        while (left() is > 0 and var now && Stopwatch.GetElapsedTime(progress) < NoProgress)
        {
            if (now < least) (least, progress) = (now, Stopwatch.GetTimestamp());
            await timer.WaitForNextTickAsync(cancel);
        }
    }
}
