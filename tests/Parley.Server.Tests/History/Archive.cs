using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.History;

/// <summary>
/// A contact centre with a past: Bob (agent1) serves customers one after the other, Carol (agent2) and the supervisor Cleo ask
/// about it. Without a clock of the test's own the time is the real one.
/// </summary>
internal sealed class Archive : IAsyncDisposable
{
    public const string Topic = "/v2/ucs/interactions";
    public const string All = "/api/v2/ucs/interactions";

    private readonly List<IAsyncDisposable> stop = [];

    private Archive(RunningServer server)
    {
        Server = server;
        (Bob, Carol, Cleo) = (server.Agent(1), server.Agent(2), server.Supervisor(1));
        stop.AddRange([Bob, Carol, Cleo]);
    }

    public RunningServer Server { get; private set; }

    public AgentClient Bob { get; }

    public AgentClient Carol { get; }

    public AgentClient Cleo { get; }

    public static async Task<Archive> Open(ManualTime? clock = null, params string[] settings)
    {
        var archive = new Archive(await RunningServer.Start(clock, settings));
        await archive.Bob.SignIn();
        await archive.Bob.GoReady();
        return archive;
    }

    /// <summary>A chat that Bob serves to its end: its id.</summary>
    /// <param name="said">What the customer says.</param>
    /// <param name="fields">Further fields of the customer's form; with an e-mail address it is a contact.</param>
    public async Task<string> Past(string said = "hello", params (string Name, string Value)[] fields)
    {
        using var customer = await Begin(fields);
        await customer.Say(said);
        return await End(customer);
    }

    /// <summary>A chat that Bob has accepted.</summary>
    public async Task<CustomerClient> Begin(params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] all = [("nickname", "Ada"), .. fields];
        var customer = await CustomerClient.Ask(Server.Address, all.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        Bob.Inbox.TakeAll(AgentClient.Chats);
        (await Accepted(customer.ChatId)).Succeeded();
        return customer;
    }

    /// <summary>Bob is done with a chat: its id.</summary>
    public async Task<string> End(CustomerClient customer)
    {
        (await Bob.Do(customer.ChatId, "Complete")).Succeeded();
        return customer.ChatId;
    }

    /// <summary>The ids of the chats that a question finds, asked for in the answer itself.</summary>
    public static async Task<string[]> Find(AgentClient who, string members = "", string path = All)
    {
        var found = (await Ask(who, members, path)).Succeeded().Body;
        return [.. found["interactions"]!.AsArray().Select(i => i!["id"]!.GetValue<string>())];
    }

    /// <summary>Asks a list, or one chat where the path ends in its id; wants the answer at once.</summary>
    /// <param name="members">Further members of the body, each with a comma before it.</param>
    public static Task<Answer> Ask(AgentClient who, string members = "", string path = All) =>
        who.Post(path, $$"""{"operationName":"{{NameFor(path)}}","async":false{{members}}}""");

    /// <summary>The contact's id that a chat got.</summary>
    public async Task<string> ContactOf(string chat) =>
        (await Ask(Cleo, path: $"{All}/{chat}")).Succeeded().Body["interaction"]!["contactId"]!.GetValue<string>();

    public static string OfContact(string contact) => $"/api/v2/ucs/contacts/{contact}/interactions";

    /// <summary>Stops the server and starts it again with the same data; everybody has to ask there.</summary>
    public async Task<RunningServer> Restart()
    {
        await Bob.Listener.Vanish();
        return Server = await Server.Restart();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in stop) await client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private Task<Answer> Accepted(string chat) => Eventually.Get(
        async () => await Bob.Do(chat, "Accept") is { StatusCode: 0 } accepted ? accepted : null,
        () => "The chat is not offered.");

    private static string NameFor(string path) =>
        path.Contains("/contacts/", StringComparison.Ordinal) ? "RetrieveContactHistory"
        : path.EndsWith("/interactions", StringComparison.Ordinal) ? "RetrieveInteractionHistory"
        : "GetInteractionContent";
}
