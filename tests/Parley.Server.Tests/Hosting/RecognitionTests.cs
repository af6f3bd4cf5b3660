using System.Collections.Immutable;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Customers;
using Parley.Server.Provisioning;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

/// <summary>Customers are recognised by what they say of themselves, and remembered with the agent they met.</summary>
public sealed class RecognitionTests : IAsyncLifetime
{
    private static readonly ChatService Service = new("customer-support", new Queue("q", new QueueName("Support"), 0, new HashSet<AgentId>()));

    private Desk desk = null!;

    public async ValueTask InitializeAsync() => desk = await Desk.Open();

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Whoever_comes_again_is_the_same_contact_by_address_or_number()
    {
        var first = await Of(("EmailAddress", "ada@example.test"), ("PhoneNumber", "+34 600 123 456"));

        Assert.NotNull(first.Contact);
        Assert.Equal(first.Contact, (await Of(("EmailAddress", "Ada@Example.test"))).Contact);
        Assert.Equal(first.Contact, (await Of(("PhoneNumber", "0034600123456"))).Contact);
        Assert.NotEqual(first.Contact, (await Of(("EmailAddress", "eve@example.test"))).Contact);
        Assert.Equal(first.Contact!.Value.Value, first.UserData["ContactId"].Written);
    }

    [Fact]
    public async Task The_address_decides_before_the_number()
    {
        var ada = await Of(("EmailAddress", "ada@example.test"));
        var eve = await Of(("PhoneNumber", "600123456"));

        Assert.Equal(ada.Contact, (await Of(("EmailAddress", "ada@example.test"), ("PhoneNumber", "600123456"))).Contact);
        Assert.Equal(eve.Contact, (await Of(("PhoneNumber", "600123456"))).Contact);
    }

    [Fact]
    public async Task What_a_visitor_says_adds_no_key_to_a_contact_that_is_known()
    {
        var ada = await Of(("EmailAddress", "ada@example.test"));
        await Of(("EmailAddress", "ada@example.test"), ("PhoneNumber", "600999999"));

        Assert.NotEqual(ada.Contact, (await Of(("PhoneNumber", "600999999"))).Contact);
    }

    [Fact]
    public async Task Strangers_who_come_at_once_become_one_contact()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Of(("EmailAddress", "ada@example.test"))));
        Assert.Single(all.Select(f => f.Contact).Distinct());
    }

    [Fact]
    public async Task Nobody_is_recognised_without_anything_to_be_known_by()
    {
        var stranger = await Of(("FirstName", "Ada"));
        Assert.Null(stranger.Contact);
        Assert.Equal(["FirstName"], stranger.UserData.Keys);
    }

    [Fact]
    public async Task A_service_may_recognise_without_keeping_strangers_or_recognise_nobody()
    {
        var identify = Service with { Contacts = ContactPolicy.Identify };
        Assert.Null((await Of(identify, ("EmailAddress", "ada@example.test"))).Contact);
        var ada = await Of(("EmailAddress", "ada@example.test"));

        Assert.Equal(ada.Contact, (await Of(identify, ("EmailAddress", "ada@example.test"))).Contact);
        var none = await Of(Service with { Contacts = ContactPolicy.None }, ("EmailAddress", "ada@example.test"));
        Assert.Null(none.Contact);
        Assert.DoesNotContain("ContactId", none.UserData.Keys);
    }

    [Fact]
    public async Task An_id_counts_where_it_is_known_and_is_not_passed_on_where_it_is_not()
    {
        var ada = await Of(("EmailAddress", "ada@example.test"));

        var again = await Of(("ContactId", ada.Contact!.Value.Value), ("EmailAddress", "eve@example.test"));
        Assert.Equal(ada.Contact, again.Contact);
        Assert.DoesNotContain("ContactId", (await Of(("ContactId", "0123456789abcdef"))).UserData.Keys);
        Assert.DoesNotContain("ContactId", (await Of(("ContactId", "../../chat/x"))).UserData.Keys);
    }

    [Fact]
    public async Task The_last_agent_is_asked_first_within_the_window_and_named_for_ever()
    {
        await Save(desk.Bob);

        var soon = await Ada();
        Assert.Equal(desk.Bob, soon.LastAgent);
        Assert.Equal(["agent1", "agent1"], Pairs(soon, "LastCalledAgent_EmployeeID", "LCA_EmplID_chat"));
        Assert.Equal(
            ["2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z"], Pairs(soon, "LastCalledAgent_TimeStamp", "LCA_TimeStamp_chat"));

        desk.Clock.Advance(Service.LastAgentWindow);
        var late = await Ada();
        Assert.Null(late.LastAgent);
        Assert.Equal(["agent1"], Pairs(late, "LCA_EmplID_chat"));
    }

    [Fact]
    public async Task A_window_of_nothing_asks_nobody_first()
    {
        await Save(desk.Bob);
        Assert.Null((await Of(Service with { LastAgentWindow = TimeSpan.Zero }, ("EmailAddress", "ada@example.test"))).LastAgent);
    }

    [Fact]
    public async Task The_latest_of_several_agents_counts_also_after_a_restart()
    {
        await Save(desk.Bob);
        await Save(desk.Carol);
        await desk.Stop();

        await using var again = await Desk.Open(desk.Log, desk.Clock);
        var ada = await again.The<Recognition>().Of(Data(("EmailAddress", "ada@example.test")), Service);
        Assert.Equal(again.Carol, ada.LastAgent);
    }

    [Fact]
    public async Task What_cannot_be_kept_with_the_contact_is_not_done_in_the_chat_either()
    {
        var chat = await Chatting(desk.Bob);
        desk.Log.IsBroken = true;
        var outcome = await desk.Chats.Execute(chat, new Complete(desk.Bob, SaveLastAgent: SaveLastAgent.Yes));
        Assert.Equal(Reason.Unavailable, outcome.Refused!.Reason);
        desk.Log.IsBroken = false;

        Assert.Null((await Ada()).LastAgent);
        Assert.Equal(AgentChatState.Chatting, (await desk.Chats.Find(chat))!.StateOf(desk.Bob));
    }

    private Task<Familiarity> Ada() => Of(("EmailAddress", "ada@example.test"));

    private Task<Familiarity> Of(params (string, string)[] data) => Of(Service, data);

    private Task<Familiarity> Of(ChatService service, params (string Key, string Value)[] data) =>
        desk.The<Recognition>().Of(Data(data), service);

    /// <summary>Ada chats with the agent, who wants to be remembered.</summary>
    private async Task Save(AgentId agent)
    {
        var chat = await Chatting(agent);
        Assert.Null((await desk.Chats.Execute(chat, new Complete(agent, SaveLastAgent: SaveLastAgent.Yes))).Refused);
    }

    private async Task<ChatId> Chatting(AgentId agent)
    {
        await desk.GoReady(agent);
        var ada = await Ada();
        var chat = new ChatId($"0007Qa4KX9TM00{agent.Value[..2]}");
        Assert.Null((await desk.Chats.Execute(chat, new RequestChat(
            chat, Service.Name, new QueueName("Support"), "Ada", "", "", ada.UserData, Contact: ada.Contact, LastAgent: agent))).Refused);
        await desk.Until(chat, c => c.IsInvited(agent));
        Assert.Null((await desk.Chats.Execute(chat, new Accept(agent, "Agent"))).Refused);
        return chat;
    }

    private static string[] Pairs(Familiarity familiar, params string[] keys) =>
        [.. keys.Select(k => familiar.UserData[k].Written)];

    private static ImmutableSortedDictionary<string, DataValue> Data(params (string Key, string Value)[] data) =>
        data.ToImmutableSortedDictionary(d => d.Key, d => DataValue.Of(d.Value), StringComparer.Ordinal);
}
