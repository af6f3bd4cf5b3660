using System.Diagnostics;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>Has customers and agents play until it is told to stop, and waits until everybody has finished.</summary>
internal sealed class Conductor(Play play, IReadOnlyList<(string Name, string Password)> logins)
{
    private Agent[] agents = [];
    private Customer[] customers = [];
    private Task[] talking = [];

    private bool IsQuiet => talking.All(task => task.IsCompleted) && agents.All(agent => agent.IsIdle);

    /// <summary>Agents come to work, then customers come.</summary>
    public async Task StartAsync()
    {
        agents = [.. logins.Select((login, n) => new Agent(play, login.Name, login.Password, n))];
        for (var n = 0; n < agents.Length && agents.Length > 1; n++) agents[n].Colleague = agents[(n + 1) % agents.Length];
        foreach (var agent in agents) await agent.StartAsync();
        customers = [.. Enumerable.Range(0, play.Options.Customers).Select(CustomerOf)];
        talking = [.. customers.Select(customer => Task.Run(customer.PlayAsync))];
    }

    /// <summary>Throws if somebody came to an unexpected end.</summary>
    public void Check()
    {
        foreach (var task in talking.Concat(agents.Select(agent => agent.Listening)))
            if (task.IsFaulted) task.GetAwaiter().GetResult();
    }

    /// <summary>Lets everybody finish, and notes who waits in vain.</summary>
    public async Task FinishAsync(TimeSpan patience)
    {
        play.Finish();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < patience && !IsQuiet) await Task.Delay(100, play.Cancel);
        string[] waiting =
        [
            .. customers.Select(customer => customer.AtWorkOn).Where(at => at != "nothing"),
            .. agents.Where(agent => !agent.IsIdle).Select(agent => agent.AtWorkOn),
        ];
        play.Journal.Add(new Finished(waiting.Length == 0, string.Join("; ", waiting.Take(50))));
        Check();
        foreach (var agent in agents) await agent.StopAsync();
    }

    private Customer CustomerOf(int number) => (number % 3) switch
    {
        0 => new GwsCustomer(play, number),
        1 => new GmsCustomer(play, number),
        _ => new PushedCustomer(play, number),
    };
}
