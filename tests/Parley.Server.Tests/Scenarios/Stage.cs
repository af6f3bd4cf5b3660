using System.Globalization;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Scenarios;

/// <summary>Plays the steps of a scenario against a running server whose clock the scenario moves.</summary>
internal sealed partial class Stage(RunningServer server, ManualTime clock) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Cast cast = new(server);

    /// <summary>Plays one step, then checks every agent's notifications against a fresh GET.</summary>
    public async Task Play(ScenarioStep step)
    {
        clock.Advance(Tick);
        await (step.Subject switch
        {
            "given" => Given(step.Text),
            "nobody" => Everybody(step.Text),
            "after" => After(TimeSpan.FromSeconds(int.Parse(step.Text.Split(' ')[0], CultureInfo.InvariantCulture))),
            var agent when Cast.IsAgent(agent) => AgentStep(agent, step.Text),
            var customer => CustomerStep(customer, step.Text),
        });
        foreach (var (name, agent) in cast.Agents)
            if (agent.Listener.IsListening) await NotificationsEqualRefetch.Check(name, agent);
    }

    /// <summary>Checks that everything that agents were told is as the document of notifications describes it.</summary>
    public async Task CheckTold()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var document = await ApiDocument.Read(http, "/asyncapi/v1.json");
        foreach (var told in cast.Agents.Values.SelectMany(agent => agent.Inbox.All)) document.Describes(told);
    }

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    private IEnumerable<AgentClient> Present => cast.Agents.Values.Where(a => a.Listener.IsListening);

    /// <summary>Nobody of all who are there hears anything more.</summary>
    private async Task Everybody(string text)
    {
        if (text != "hears anything more") throw new FormatException($"Nobody cannot do this: {text}");
        foreach (var (name, agent) in cast.Agents)
            if (agent.Listener.IsListening) await HearsNothingMore(name, agent);
        foreach (var (name, customer) in cast.Customers) await HasHeardAll(name, customer);
    }

    /// <summary>
    /// Lets time pass in steps short enough that nobody present is taken for gone: between steps every listener has its
    /// connect under way and every customer has polled.
    /// </summary>
    private async Task After(TimeSpan time)
    {
        var step = TimeSpan.FromSeconds(1);
        for (var left = time; left > TimeSpan.Zero; left -= step)
        {
            clock.Advance(left < step ? left : step);
            foreach (var agent in Present) await agent.Get("/api/v2/me");
            foreach (var customer in cast.Customers.Values) await customer.Post("refresh", ("transcriptPosition", "0"));
        }
    }

    private static IEnumerable<(string Name, string Value)> Fields(string text) =>
        text.Trim().Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' '))));
}
