using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>What customers play on the server under test: they come, wait in silence, and talk.</summary>
internal sealed class ServerPlay
{
    private const int Collections = 4;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CustomersOptions options;
    private readonly Doors doors;
    private readonly ServerCost cost;
    private readonly int pid;
    private readonly PollingCustomer[] pollers;
    private readonly PushedCustomer[] pushed;
    private readonly WarmUp warmUp;

    public ServerPlay(CustomersOptions options, Doors doors, int pid)
    {
        (this.options, this.doors, this.pid) = (options, doors, pid);
        cost = ServerCost.Of(pid)!;
        pollers = [.. Enumerable.Range(0, options.Pollers).Select(n => new PollingCustomer(n, doors))];
        pushed = [.. Enumerable.Range(options.Pollers, options.Pushed).Select(n => new PushedCustomer(n, doors))];
        warmUp = new WarmUp(doors, options.Pollers + options.Pushed);
        Everybody = [.. pollers, .. pushed, .. warmUp.Everybody];
    }

    /// <summary>All customers by their numbers.</summary>
    public WaitingCustomer[] Everybody { get; }

    public void Run(CancellationToken interrupted)
    {
        warmUp.Run();
        doors.Measures = new Measures(from: 0);
        var empty = Memory([]);
        var polling = Opening.Of(pollers, doors);
        var withPollers = Memory(pollers);
        interrupted.ThrowIfCancellationRequested();
        var listening = Opening.Of(pushed, doors);
        var withBoth = Memory(pollers);
        CustomersReport.Print(
            doors.Measures, empty, polling with { Bytes = withPollers - empty }, listening with { Bytes = withBoth - withPollers });

        interrupted.ThrowIfCancellationRequested();
        CustomersReport.Print(Play("polls alone, nobody talks", []));
        interrupted.ThrowIfCancellationRequested();
        CustomersReport.Print(Play($"{options.Say} messages/s of customers", InTurn()));
        CountLosses();
        GoHome();
    }

    private Period Play(string name, WaitingCustomer[] speakers) =>
        Period.Play(name, doors, new Timetable(doors, pollers, options.PollEvery, speakers, options.Say), cost, options);

    /// <summary>One of each kind after the other.</summary>
    private WaitingCustomer[] InTurn() =>
        [.. pollers.Select((poller, at) => (Who: (WaitingCustomer)poller, At: (double)at / pollers.Length))
            .Concat(pushed.Select((other, at) => (Who: (WaitingCustomer)other, At: (double)at / pushed.Length)))
            .OrderBy(turn => turn.At).Select(turn => turn.Who)];

    private void CountLosses()
    {
        var journal = doors.Stage.Journal;
        doors.Loop.RunDown(() => journal.Unseen(), Patience);
        for (var i = journal.Unseen(); i > 0; i--) doors.Stage.Faults.Add("no agent heard of it");
        for (var i = 0L; i < doors.UnderWay; i++) doors.Stage.Faults.Add("never answered or pushed");
    }

    /// <summary>All chats end, and agents have completed them.</summary>
    private void GoHome()
    {
        doors.Steps.Each<WaitingCustomer>([.. pollers, .. pushed], customer => customer.Leave());
        doors.Loop.RunDown(() => doors.Stage.AcceptedCount - doors.Stage.CompletedCount, Patience);
        for (var i = doors.Stage.AcceptedCount - doors.Stage.CompletedCount; i > 0; i--) doors.Stage.Faults.Add("never completed");
    }

    /// <summary>Resident bytes after collections of garbage, while those who poll go on.</summary>
    private long Memory(PollingCustomer[] polling)
    {
        var polls = new Timetable(doors, polling, options.PollEvery, [], 0);
        for (var i = 0; i < Collections; i++)
        {
            polls.Run(Settle);
            DiagnosticsPort.CollectGarbage(pid);
        }
        polls.Run(Settle);
        cost.Start();
        return cost.Stop().Memory;
    }
}
