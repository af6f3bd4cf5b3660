using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// The people of the demonstration contact centre around one customer's chat: the agents Bob, Carol and Dave, the supervisors
/// Cleo and Sam, and the customer Ada. Who has something to do is signed in and listens; Sam is ready, but no queue reaches him.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly RunningServer server;
    private readonly List<AgentClient> atWork = [];
    private JsonArray users = [];
    private CustomerClient? ada;

    private Floor(RunningServer server)
    {
        this.server = server;
        (Bob, Carol, Dave) = (server.Agent(1), server.Agent(2), server.Agent(3));
        (Cleo, Sam) = (server.Supervisor(1), server.Supervisor(2));
    }

    public AgentClient Bob { get; }

    public AgentClient Carol { get; }

    public AgentClient Dave { get; }

    public AgentClient Cleo { get; }

    public AgentClient Sam { get; }

    public CustomerClient Ada => ada!;

    public string Chat => Ada.ChatId;

    /// <summary>The server's address, without a slash at its end.</summary>
    public string Base => server.Address.AbsoluteUri.TrimEnd('/');

    /// <summary>The id of the queue Support.</summary>
    public string SupportQueue { get; private set; } = "";

    private AgentClient[] Everybody => [Bob, Carol, Dave, Cleo, Sam];

    /// <param name="settings">Further settings as command-line arguments, <c>--Section:Key=value</c>.</param>
    public static async Task<Floor> Open(params string[] settings)
    {
        var floor = new Floor(await RunningServer.Start(null, settings));
        await floor.Ready(floor.Sam);
        floor.users = (await floor.Sam.Get("/api/v2/users?fields=*")).Succeeded().Body["users"]!.AsArray();
        var queues = (await floor.Sam.Get("/api/v2/queues?fields=*")).Succeeded().Body["queues"]!.AsArray();
        floor.SupportQueue = $"{queues.Single(q => $"{q!["name"]}" == "Support")!["id"]}";
        return floor;
    }

    /// <summary>The user's id.</summary>
    public string Id(AgentClient agent) => $"{users.Single(user => $"{user!["userName"]}" == agent.UserName)!["id"]}";

    /// <summary>The agent signs in, unless it has.</summary>
    public async Task AtWork(AgentClient agent)
    {
        if (atWork.Contains(agent)) return;
        atWork.Add(agent);
        await agent.SignIn();
    }

    /// <summary>The agent is ready for chats.</summary>
    public async Task Ready(AgentClient agent)
    {
        await AtWork(agent);
        await agent.GoReady();
    }

    /// <summary>A parameter that names the user as a target.</summary>
    public JsonObject Towards(AgentClient agent) => new() { ["targetUri"] = $"{Base}/api/v2/users/{Id(agent)}" };

    /// <summary>Ada's chat is offered to Bob.</summary>
    public async Task Offered(params (string Name, string Value)[] fields)
    {
        await Ready(Bob);
        (string Name, string Value)[] all = [("nickname", "Ada"), .. fields];
        ada = await CustomerClient.Ask(server.Address, all.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        await Bob.NextOffer();
    }

    /// <summary>Ada and Bob talk.</summary>
    public async Task Talking()
    {
        await Offered();
        await Accept(Bob);
    }

    /// <summary>Bob has asked the other, who has not answered yet.</summary>
    /// <param name="operation">Consult or Invite.</param>
    public async Task Asked(AgentClient other, string operation)
    {
        await Talking();
        await Ready(other);
        (await Bob.Do(Chat, operation, Towards(other))).Succeeded();
        await other.NextOffer();
    }

    /// <summary>Bob has asked the other, who has come.</summary>
    /// <inheritdoc cref="Asked" path="/param"/>
    public async Task Joined(AgentClient other, string operation)
    {
        await Asked(other, operation);
        await Accept(other);
    }

    /// <summary>A supervisor has come into Bob's talk with Ada.</summary>
    public async Task Supervised(AgentClient supervisor, string mode)
    {
        await Talking();
        await Intrude(supervisor, mode);
    }

    /// <summary>A supervisor comes into Bob's chat.</summary>
    public async Task Intrude(AgentClient supervisor, string mode)
    {
        await AtWork(supervisor);
        (await supervisor.Post(
            $"/api/v2/users/{Id(Bob)}/chats/{Chat}", $$"""{"operationName":"Intrude","supervisorVisibilityMode":"{{mode}}"}"""))
            .Succeeded();
        await supervisor.NextOffer();
        await Accept(supervisor);
    }

    /// <summary>Ada is gone, Bob has after-chat work.</summary>
    public async Task AfterChat()
    {
        await Talking();
        (await Bob.Do(Chat, "Leave")).Succeeded();
    }

    /// <summary>Carol accepted when Ada was already gone.</summary>
    public async Task JoinFailed()
    {
        await AfterChat();
        (await Bob.Post("/api/v2/me/channels/chat", """{"operationName":"NotReady"}""")).Succeeded();
        await Ready(Carol);
        (await Bob.Do(Chat, "Complete", new JsonObject { ["queueName"] = "Support" })).Succeeded();
        await Carol.NextOffer();
        await Accept(Carol);
    }

    /// <summary>Carol was in a conference and left it; it goes on.</summary>
    public async Task Gone()
    {
        await Joined(Carol, "Invite");
        (await Carol.Do(Chat, "Leave")).Succeeded();
    }

    public async Task Accept(AgentClient agent) => (await agent.Do(Chat, "Accept")).Succeeded();

    /// <summary>Waits until everything so far was told, and counts it as heard.</summary>
    public async Task Settle()
    {
        foreach (var agent in atWork)
        {
            await agent.HearsOut();
            agent.Inbox.TakeAll(AgentClient.Chats);
        }
    }

    /// <summary>Fails if anybody was told anything that the test has not taken.</summary>
    public async Task NobodyHearsMore()
    {
        foreach (var agent in atWork)
        {
            await agent.HearsOut();
            var heard = agent.Inbox.Untaken(AgentClient.Chats);
            Assert.True(heard.Count == 0, $"{agent.UserName} heard {string.Join('\n', heard.Select(e => e.ToJsonString()))}");
        }
    }

    /// <summary>All that could have been changed: the chats and messages of all at work, and what the customer sees.</summary>
    public async Task<string> Snapshot()
    {
        var all = new JsonObject { ["customer"] = (await Ada.ReadAll()).DeepClone() };
        foreach (var agent in atWork)
            all[agent.UserName] = new JsonArray(
                (await agent.ReadChats()).DeepClone(),
                (await agent.Get($"/api/v2/me/chats/{Chat}/messages")).Body.DeepClone());
        return all.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in Everybody) await agent.DisposeAsync();
        ada?.Dispose();
        await server.DisposeAsync();
    }
}
