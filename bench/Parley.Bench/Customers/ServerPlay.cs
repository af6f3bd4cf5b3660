using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>What customers play on the server under test: they come, wait in silence, and talk.</summary>
internal sealed class ServerPlay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CustomersOptions options;
    private readonly Doors doors;
    private readonly ServerCost cost;
    private readonly ServerMemory memory;
    private readonly PollingCustomer[] pollers;
    private readonly PushedCustomer[] pushed;
    private readonly WarmUp warmUp;

    public ServerPlay(CustomersOptions options, Doors doors, int pid)
    {
        (this.options, this.doors) = (options, doors);
        cost = ServerCost.Of(pid)!;
        memory = new ServerMemory(pid, cost);
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
        Open();
        interrupted.ThrowIfCancellationRequested();
        Play("nobody polls, nobody talks", [], []);
        interrupted.ThrowIfCancellationRequested();
        Play("polls, nobody talks", pollers, []);
        interrupted.ThrowIfCancellationRequested();
        Play($"polls, {options.Say} messages/s", pollers, InTurn());
        CountLosses();
        GoHome();
    }

    private void Open()
    {
        doors.Measures = new Measures(from: 0);
        var empty = memory.After(doors.Loop.Run);
        var polling = Opening.Of(pollers, doors);
        var polls = new Timetable(doors, pollers, options.PollEvery, [], 0);
        var withPollers = memory.After(polls.Run);
        var listening = Opening.Of(pushed, doors);
        var withBoth = memory.After(polls.Run);
        CustomersReport.Print(
            doors.Measures, empty,
            polling with { Bytes = withPollers - empty }, listening with { Bytes = withBoth - withPollers });
    }

    private void Play(string name, PollingCustomer[] polling, WaitingCustomer[] speakers)
    {
        var timetable = new Timetable(doors, polling, options.PollEvery, speakers, options.Say);
        CustomersReport.Print(Period.Play(name, doors, timetable, cost, options));
    }

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
        doors.Loop.RunDown(() => Uncompleted(), Patience);
        for (var i = Uncompleted(); i > 0; i--) doors.Stage.Faults.Add("never completed");

        int Uncompleted() => doors.Stage.AcceptedCount - doors.Stage.CompletedCount;
    }
}
