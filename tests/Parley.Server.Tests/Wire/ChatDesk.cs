using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// A server on which agent1 chats with a customer and agent2 chats with another; shared by the tests of a class.
/// </summary>
public sealed class ChatDesk : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> stop = [];
    private CustomerClient? customer;
    private CustomerClient? otherCustomer;

    internal RunningServer Server { get; private set; } = null!;

    /// <summary>agent1, in a chat.</summary>
    internal AgentClient Agent { get; private set; } = null!;

    internal CustomerClient Customer => customer!;

    internal string ChatId => Customer.ChatId;

    /// <summary>A chat that agent2 has and agent1 has not.</summary>
    internal string OthersChatId => otherCustomer!.ChatId;

    /// <summary>The path with <c>{chat}</c> and <c>{other}</c> filled in.</summary>
    internal string Fill(string path) =>
        path.Replace("{chat}", ChatId, StringComparison.Ordinal).Replace("{other}", OthersChatId, StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.Start();
        Agent = Server.Agent(1);
        var other = Server.Agent(2);
        stop.AddRange([Agent, other, Server]);

        customer = await ChatWith(Agent, "Ada");
        (await Agent.Post("/api/v2/me/channels/chat", """{"operationName":"NotReady"}""")).Succeeded();
        otherCustomer = await ChatWith(other, "Eve");
    }

    public async ValueTask DisposeAsync()
    {
        customer?.Dispose();
        otherCustomer?.Dispose();
        foreach (var item in stop) await item.DisposeAsync();
    }

    /// <summary>All that could have been changed: the agent's chats and messages, and what the customer sees.</summary>
    internal async Task<JsonObject> Snapshot() => new()
    {
        ["chats"] = (await Agent.ReadChats()).DeepClone(),
        ["messages"] = (await Agent.ReadMessages(ChatId)).DeepClone(),
        ["customer"] = (await Customer.ReadAll()).DeepClone(),
    };

    private async Task<CustomerClient> ChatWith(AgentClient agent, string nickname)
    {
        await agent.SignIn();
        await agent.GoReady();
        var asked = await Server.Customer(nickname);
        Assert.Equal(asked.ChatId, await agent.AcceptNext());
        return asked;
    }
}
