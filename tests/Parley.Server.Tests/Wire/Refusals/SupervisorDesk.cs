using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>
/// A contact centre in which Marta, of Billing, and Jun, of Support, each talk with a customer, and somebody who may or may not
/// supervise them.
/// </summary>
internal sealed class SupervisorDesk : IAsyncDisposable
{
    private readonly Team team;
    private readonly List<CustomerClient> customers = [];

    private SupervisorDesk(Team team) => this.team = team;

    public AgentClient Marta { get; private set; } = null!;

    public AgentClient Jun { get; private set; } = null!;

    /// <summary>Who asks.</summary>
    public AgentClient Caller { get; private set; } = null!;

    public string MartasChat { get; private set; } = "";

    public string JunsChat { get; private set; } = "";

    /// <summary>What supervisors are said to have done.</summary>
    public int Uses => team.Logged.Count;

    /// <param name="caller">The login name of who asks; Jun is there already.</param>
    /// <param name="more">Further members of the contact centre's file, each followed by a comma.</param>
    public static async Task<SupervisorDesk> Open(string caller, string more = "")
    {
        var desk = new SupervisorDesk(await Team.Start(more));
        (desk.Marta, desk.Jun) = (await desk.team.AtWork("mlopez"), await desk.team.AtWork("jkim"));
        desk.MartasChat = await desk.Talk(desk.Marta);
        desk.JunsChat = await desk.Talk(desk.Jun);
        desk.Caller = caller == "jkim" ? desk.Jun : desk.team.Of(caller);
        return desk;
    }

    /// <summary>Who asks begins to work.</summary>
    public async Task Works() => await Caller.SignIn();

    /// <summary>Posts to a path below <c>/api/v2/users/</c>, in which the names in braces are filled in.</summary>
    public Task<Harness.Answer> Post(string path, string operation, string parameters)
    {
        var body = JsonNode.Parse(parameters)!.AsObject();
        if (operation != "-") body["operationName"] = operation;
        return Caller.Post("/api/v2/users/" + Fill(path), body.ToJsonString());
    }

    /// <summary>All that could have been changed.</summary>
    public async Task<string> Snapshot()
    {
        var all = new JsonArray();
        foreach (var agent in (AgentClient[])[Marta, Jun, Caller])
        {
            all.Add((await agent.Get("/api/v2/me/chats?fields=*")).Body.DeepClone());
            all.Add((await agent.Get("/api/v2/me/channels")).Body.DeepClone());
        }
        all.Add((await Marta.ReadMessages(MartasChat)).DeepClone());
        foreach (var customer in customers) all.Add((await customer.ReadAll()).DeepClone());
        return all.ToJsonString();
    }

    /// <summary>Everything so far was told, and counts as heard.</summary>
    public async Task Settle()
    {
        foreach (var agent in (AgentClient[])[Marta, Jun])
        {
            await agent.HearsOut();
            agent.Inbox.TakeAll(AgentClient.Chats);
        }
    }

    public async Task NobodyHearsMore()
    {
        foreach (var agent in (AgentClient[])[Marta, Jun])
        {
            await agent.HearsOut();
            Assert.Empty(agent.Inbox.Untaken(AgentClient.Chats));
        }
    }

    /// <summary>Somebody asks for a chat, and it is offered to who is ready.</summary>
    public async Task Offered(AgentClient agent)
    {
        await agent.GoReady();
        customers.Add(await CustomerClient.Ask(agent.Http.BaseAddress!, "Ada"));
        Assert.Equal(customers[^1].ChatId, await agent.NextOffer());
    }

    private async Task<string> Talk(AgentClient agent)
    {
        await Offered(agent);
        var chat = customers[^1].ChatId;
        (await agent.Do(chat, "Accept")).Succeeded();
        (await agent.Post("/api/v2/me/channels/chat", """{"operationName":"NotReady"}""")).Succeeded();
        return chat;
    }

    private string Fill(string path) => path
        .Replace("{marta}", Team.Marta, StringComparison.Ordinal)
        .Replace("{jun}", Team.Jun, StringComparison.Ordinal)
        .Replace("{dana}", Team.Dana, StringComparison.Ordinal)
        .Replace("{nobody}", new string('0', 32), StringComparison.Ordinal)
        .Replace("{chat}", MartasChat, StringComparison.Ordinal)
        .Replace("{juns}", JunsChat, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var customer in customers) customer.Dispose();
        await team.DisposeAsync();
    }
}
