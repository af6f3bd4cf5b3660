using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

// what a scenario starts from; all of it has been heard by everyone
internal sealed partial class Stage
{
    private Task Given(string text) => text.Split(' ') switch
    {
        [var agent, "is", "signed", "in"] => SignIn(agent),
        [var agent, "is", "ready"] => MakeReady(agent),
        [var customer, "asks", "for", "a", "chat"] => Ask(customer, []),
        [var customer, "asks", "for", "a", "chat", "with", var fields] => Ask(customer, Fields(fields)),
        [var customer, "chats", "with", var agent] => StartChat(customer, agent),
        [var customer, "chats", "with", var agent, "and", var other] => StartConference(customer, agent, other),
        [var colleague, "joins", var agent] => Help(colleague, agent, "Invite"),
        [var colleague, "advises", var agent] => Help(colleague, agent, "Consult"),
        [var supervisor, "monitors", var agent] => Intrude(supervisor, agent, "Monitor"),
        [var supervisor, "coaches", var agent] => Intrude(supervisor, agent, "Coach"),
        [var supervisor, "barges", "in", "on", var agent] => Intrude(supervisor, agent, "BargeIn"),
        _ => throw new FormatException($"Not a thing that can be given: {text}"),
    };

    private async Task SignIn(string name) => await (await cast.Agent(name)).SignIn();

    private async Task MakeReady(string name)
    {
        var agent = await cast.Agent(name);
        if (!agent.Listener.IsListening) await agent.SignIn();
        await agent.GoReady();
    }

    private async Task Ask(string name, IEnumerable<(string, string)> fields) =>
        await (await cast.Enter(name, fields)).TakeAll();

    private async Task StartChat(string customerName, string agentName)
    {
        var agent = await cast.Agent(agentName);
        if (!agent.Listener.IsListening) await MakeReady(agentName);
        await Ask(customerName, []);
        var customer = cast.Customer(customerName);
        Assert.Equal(customer.ChatId, await agent.AcceptNext());
        await customer.TakeAll();
    }

    private async Task StartConference(string customer, string agent, string other)
    {
        await StartChat(customer, agent);
        await Help(other, agent, "Invite");
    }

    private async Task Help(string colleagueName, string agentName, string operation)
    {
        var colleague = await cast.Agent(colleagueName);
        if (!colleague.Listener.IsListening) await MakeReady(colleagueName);
        await AgentStep(
            agentName, $$$"""does {{{operation}}} {"targetPath":"{{{{colleagueName}}}}"} -> 200 {"statusCode":0,…}""");
        await colleague.AcceptNext();
        await EverybodyHears();
    }

    private async Task Intrude(string supervisorName, string agentName, string mode)
    {
        var supervisor = await cast.Agent(supervisorName);
        if (!supervisor.Listener.IsListening) await supervisor.SignIn();
        (await supervisor.Post(
            cast.Fill($$"""/api/v2/users/{{{agentName}}.id}/chats/{chat}"""),
            $$"""{"operationName":"Intrude","supervisorVisibilityMode":"{{mode}}"}""")).Succeeded();
        await supervisor.AcceptNext();
        await EverybodyHears();
    }

    /// <summary>Everyone present has heard all there was.</summary>
    private async Task EverybodyHears()
    {
        foreach (var agent in Present)
        {
            await Fence(agent);
            agent.Inbox.TakeAll(AgentClient.Chats);
        }
        foreach (var customer in cast.Customers.Values) await customer.TakeAll();
    }
}
