using System.Net;
using Parley.Bench.Push;
using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>One run of <c>customers</c>: customers at both doors, then the same polls at a bare server.</summary>
internal static class CustomersRun
{
    private const string Service = "customer-support";

    /// <summary>Runs and prints. Answers the exit code: 0 if nothing went wrong, 1 if something did.</summary>
    public static async Task<int> ExecuteAsync(CustomersOptions options, CancellationToken interrupted)
    {
        if (Machine.Lacks(options.NeededFiles) is { } lack)
        {
            await Console.Error.WriteLineAsync(lack);
            return 2;
        }
        var faults = new Faults();
        try
        {
            CustomersReport.Begin(options);
            await PlayOurs(options, faults, interrupted);
            if (options.Pollers > 0) PlayBare(options, faults);
        }
        catch (Exception givenUp) when (givenUp is IOException or OperationCanceledException)
        {
            faults.Add("given up: " + givenUp.Message);
        }
        CustomersReport.End(faults);
        return faults.Total == 0 ? 0 : 1;
    }

    private static async Task PlayOurs(CustomersOptions options, Faults faults, CancellationToken interrupted)
    {
        Login[] logins = [.. Enumerable.Range(1, options.AgentCount).Select(n => new Login($"load{n}", "secret"))];
        var center = new BenchCenter(logins, Service, options.Pollers + options.Pushed + WarmUp.Customers);
        using var server = await ServerProcess.StartAsync(options.ServerDll, center, [], interrupted);
        using var loop = new EventLoop();
        using var wire = new Wire(server.Url);
        var doors = new Doors(loop, AddressOf(server.Url), Service, StageFor(options, faults));
        var play = new ServerPlay(options, doors, server.Pid);
        var agents = new List<Agent>();
        try
        {
            foreach (var login in logins)
            {
                agents.Add(new Agent(login, wire, doors.Stage, play.Everybody, options.AnswerEvery));
                await agents[^1].StartAsync(interrupted);
            }
            // a thread of its own, so that the agents have all of the pool
            await Task.Factory.StartNew(
                () => play.Run(interrupted), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            foreach (var agent in agents) await agent.DisposeAsync();
        }
    }

    private static void PlayBare(CustomersOptions options, Faults faults)
    {
        using var server = PeerServer.Start(Contestant.PollCeiling);
        using var loop = new EventLoop();
        var doors = new Doors(loop, server.Address, Service, StageFor(options, faults));
        PollingCustomer[] pollers = [.. Enumerable.Range(0, options.Pollers).Select(n => new PollingCustomer(n, doors))];
        var cost = ServerCost.Of(server.Pid)!;
        var memory = new ServerMemory(server.Pid, cost);
        var empty = memory.After(loop.Run);
        doors.Steps.Each(pollers, poller => poller.Open());
        var polls = new Timetable(doors, pollers, options.PollEvery, [], 0);
        var bytes = memory.After(polls.Run) - empty;
        CustomersReport.Print(Period.Play("bare Kestrel, polls", doors, polls, cost, options));
        CustomersReport.PrintBare(bytes / pollers.Length);
    }

    private static Stage StageFor(CustomersOptions options, Faults faults)
    {
        var messages = WarmUp.Messages + ((int)(options.WarmUp + options.Measured).TotalSeconds + 2) * options.Say;
        return new Stage(new CustomerText(options.TextSize), new MessageJournal(messages), faults);
    }

    private static IPEndPoint AddressOf(Uri url) => new(IPAddress.Loopback, url.Port);
}
