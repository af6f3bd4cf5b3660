using System.Globalization;
using System.Text.RegularExpressions;
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

    private async Task Given(string text)
    {
        var words = text.Split(' ');
        switch (words)
        {
            case [var agent, "is", "signed", "in"]:
                await (await cast.Agent(agent)).SignIn();
                break;
            case [var agent, "is", "ready"]:
                await MakeReady(agent);
                break;
            case [var customer, "asks", "for", "a", "chat"]:
                await Ask(customer, []);
                break;
            case [var customer, "asks", "for", "a", "chat", "with", var fields]:
                await Ask(customer, Fields(fields));
                break;
            case [var customer, "chats", "with", var agent]:
                await StartChat(customer, agent);
                break;
            default:
                throw new FormatException($"Not a thing that can be given: {text}");
        }
    }

    private async Task<AgentClient> MakeReady(string name)
    {
        var agent = await cast.Agent(name);
        if (!agent.Listener.IsListening) await agent.SignIn();
        await agent.GoReady();
        return agent;
    }

    private async Task Ask(string name, IEnumerable<(string, string)> fields) =>
        await (await cast.Enter(name, fields)).TakeAll();

    private async Task StartChat(string customerName, string agentName)
    {
        var agent = cast.Agents.TryGetValue(agentName, out var known) && known.Listener.IsListening
            ? known
            : await MakeReady(agentName);
        await Ask(customerName, []);
        var customer = cast.Customer(customerName);
        Assert.Equal(customer.ChatId, await agent.AcceptNext());
        await customer.TakeAll();
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
            foreach (var agent in cast.Agents.Values.Where(a => a.Listener.IsListening)) await agent.Get("/api/v2/me");
            foreach (var customer in cast.Customers.Values) await customer.Post("refresh", ("transcriptPosition", "0"));
        }
    }

    [GeneratedRegex(@"^(?<verb>GET|POST|PUT|DELETE) (?<path>\S+)(?<body>.*?) -> +(?<status>\d{3}) (?<answer>.*)$")]
    private static partial Regex Request();

    private static IEnumerable<(string Name, string Value)> Fields(string text) =>
        text.Trim().Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' '))));
}
