using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// Everything two agents' desktops are told, through <c>/**</c> and nothing else, while offers are accepted, rejected and
/// withdrawn, chats talked in, left, completed and ended by customers, and states changed.
/// </summary>
public sealed class BusyMorning : IAsyncLifetime
{
    private static readonly (string Operation, string Parameters)[] InTheChat =
    [
        ("SendMessage", """{"text":"Good morning"}"""),
        ("SendStartTypingNotification", "{}"),
        ("SendStopTypingNotification", "{}"),
        ("AttachUserData", """{"userData":{"OrderNo":"A-1199","Priority":3,"Segment":null}}"""),
        ("SetDisposition", """{"disposition":"Solved"}"""),
        ("SetInFocus", "{}"),
        ("Leave", """{"text":"Goodbye"}"""),
        ("DeleteUserData", """{"keys":["OrderNo"]}"""),
        ("Complete", "{}"),
    ];

    private readonly List<JsonObject> events = [];

    /// <summary>Every message received, by either desktop, in order per desktop.</summary>
    internal IReadOnlyList<JsonObject> Events => events;

    internal IEnumerable<JsonObject> ChatEvents => DataOn("/v2/me/chats");

    internal IEnumerable<JsonObject> DataOn(string channel) =>
        events.Where(e => e["channel"]!.GetValue<string>() == channel).Select(e => e["data"]!.AsObject());

    internal IEnumerable<JsonObject> Chats =>
        ChatEvents.Select(d => d["chat"]).OfType<JsonObject>();

    internal string Agent1Id { get; private set; } = "";

    /// <summary>The events of each desktop apart.</summary>
    internal IReadOnlyList<IReadOnlyList<JsonObject>> PerDesktop { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using var server = await RunningServer.Start();
        await using var one = server.Agent(1);
        await using var two = server.Agent(2);
        Agent1Id = await one.ReadId();
        foreach (var agent in new[] { one, two })
        {
            await agent.Listener.Start("/**");
            (await agent.Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
        }

        await one.GoReady();
        await TalkAndLeave(server, one);
        await RejectAndLetTheCustomerLeave(server, one, two);
        foreach (var agent in new[] { one, two })
        {
            (await agent.Post("/api/v2/me/channels/chat", """{"operationName":"AfterCallWork"}""")).Succeeded();
            while (AgentClient.StateIn(await agent.Inbox.Next(AgentClient.Channels)) != "NotReady"
                || agent.Inbox.Untaken(AgentClient.Channels).Count > 0)
            {
            }
        }
        PerDesktop = [one.Inbox.All, two.Inbox.All];
        events.AddRange(PerDesktop.SelectMany(e => e));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task TalkAndLeave(RunningServer server, AgentClient one)
    {
        using var ada = await server.Customer("Ada");
        var chat = await one.AcceptNext();
        await ada.Say("Where is my parcel?");
        foreach (var (operation, parameters) in InTheChat)
            (await one.Do(chat, operation, JsonNode.Parse(parameters)!.AsObject())).Succeeded();
        while ((await one.Inbox.Next(AgentClient.Chats, "Completed"))["chat"]?["state"]?.GetValue<string>() != "Completed")
        {
        }
    }

    private static async Task RejectAndLetTheCustomerLeave(RunningServer server, AgentClient one, AgentClient two)
    {
        using var eve = await server.Customer("Eve");
        var offered = await one.NextOffer();
        await two.GoReady();
        (await one.Do(offered, "Reject")).Succeeded();
        Assert.Equal(offered, await two.AcceptNext());
        (await eve.Post("disconnect")).Succeeded();
        await UntilState(two, "LeftChat");
        (await two.Do(offered, "LeaveAndComplete")).Succeeded();
        await UntilState(two, "Completed");

        using var flo = await server.Customer("Flo");
        var offeree = await Eventually.Get(
            async () => (await one.ReadChats()).Count > 0 ? one : (await two.ReadChats()).Count > 0 ? two : null,
            () => "Flo was not offered");
        (await flo.Post("disconnect")).Succeeded();
        await UntilState(offeree, "Revoked");
    }

    private static async Task UntilState(AgentClient agent, string state)
    {
        while ((await agent.Inbox.Next(AgentClient.Chats, state))["chat"]?["state"]?.GetValue<string>() != state)
        {
        }
    }
}
