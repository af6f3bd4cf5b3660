using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Replays;

/// <summary>
/// Whole chats in the exact requests of published software; at the end its screen shows what the agents' transcript says, line
/// for line.
/// </summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<HttpClient, PublishedClient>> Software = new(StringComparer.Ordinal)
    {
        ["widget, REST"] = http => new WidgetOverRest(http),
        ["iOS app, REST"] = http => new IosAppOverRest(http),
        ["Python bot"] = http => new PythonBot(http),
        ["jQuery page"] = http => new JQueryPage(http),
        ["Angular page"] = http => new AngularPage(http),
        ["connector"] = http => new Connector(http),
        ["GWS page"] = http => new GwsPage(http),
        ["widget, CometD"] = http => new WidgetOverCometd(http),
        ["Java SDK"] = http => new JavaSdk(http),
        ["iOS library, CometD"] = http => new IosLibraryOverCometd(http),
    };

    private RunningServer server = null!;
    private AgentClient bob = null!;
    private AgentClient carol = null!;

    public static TheoryData<string> Clients => [.. Software.Keys];

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        (bob, carol) = (server.Agent(1), server.Agent(2));
        await bob.SignIn();
        await bob.GoReady();
    }

    public async ValueTask DisposeAsync()
    {
        await bob.DisposeAsync();
        await carol.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task The_agent_ends_the_chat(string software)
    {
        using var ada = Of(software);
        await ada.Begin();
        await ada.Poll();
        await ada.Say("Hello?");
        var chat = await Accept(bob, "Bob");
        await ada.Poll();
        await ada.Type("I wanted");
        await ada.Say("I wanted to ask & <b>see</b> ☕ 100%");
        await Bob(chat, "SendStartTypingNotification");
        await ada.Poll();
        await Bob(chat, "SendMessage", "Good morning!");
        await ada.Poll();
        await Bob(chat, "SendUrl", "https://shop.example.test/basket", "url");
        await ada.Poll();
        await ada.Poll();
        await Bob(chat, "Leave", "Goodbye!");
        await ada.Poll();

        Assert.True(ada.IsOver);
        Assert.Equal(
            [
                "Ada came", "Ada: Hello?", "Bob came", "Ada: I wanted to ask & <b>see</b> ☕ 100%", "Bob: Good morning!",
                "Bob: https://shop.example.test/basket", "Bob: Goodbye!", "Bob went", "Ada went",
            ],
            ada.Screen);
        await ShowsTheTranscript(ada, chat);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task The_customer_ends_the_chat(string software)
    {
        using var ada = Of(software);
        await ada.Begin();
        var chat = await Accept(bob, "Bob");
        await ada.Say("Never mind");
        await ada.Poll();
        await ada.Leave();

        await ShowsTheTranscript(ada, chat);
        Assert.Equal("Ada went", ada.Screen[^1]);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task The_page_is_loaded_again_in_the_middle(string software)
    {
        using var ada = Of(software);
        await ada.Begin();
        var chat = await Accept(bob, "Bob");
        await ada.Poll();
        await ada.Say("one");
        await Bob(chat, "SendMessage", "two");
        await ada.Restore();
        await ShowsTheTranscript(ada, chat);
        Assert.False(ada.IsOver);

        await ada.Say("three");
        await Bob(chat, "SendMessage", "four");
        await ada.Restore();
        await ShowsTheTranscript(ada, chat);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Others_come_and_go_while_the_chat_goes_on(string software)
    {
        using var ada = Of(software);
        await ada.Begin();
        var chat = await Accept(bob, "Bob");
        await ada.Poll();
        await carol.SignIn();
        await carol.GoReady();
        var target = new JsonObject { ["targetUri"] = $"/api/v2/users/{await carol.ReadId()}" };
        (await bob.Do(chat, "Invite", target.DeepClone().AsObject())).Succeeded();
        await Accept(carol, "Carol");
        await Say(carol, chat, "Carol here");
        await ada.Poll();
        (await carol.Do(chat, "Leave")).Succeeded();
        await carol.HearsOut();
        carol.Inbox.TakeAll(AgentClient.Chats);
        await ada.Poll();
        (await bob.Do(chat, "Transfer", target)).Succeeded();
        await Accept(carol, "Carol");
        await Say(carol, chat, "Carol again");
        await ada.Poll();
        (await carol.Do(chat, "Leave")).Succeeded();
        await ada.Poll();

        Assert.True(ada.IsOver);
        Assert.Equal(PublishedClient.ScreenOf(await carol.ReadMessages(chat)), ada.Screen);
    }

    private PublishedClient Of(string software) =>
        Software[software](new HttpClient { BaseAddress = server.Address, Timeout = Eventually.Patience });

    private async Task Bob(string chat, string operation, string? text = null, string parameter = "text") =>
        (await bob.Do(chat, operation, text is null ? null : new JsonObject { [parameter] = text })).Succeeded();

    private static async Task<string> Accept(AgentClient agent, string nickname)
    {
        var chat = await agent.NextOffer();
        (await agent.Do(chat, "Accept", new JsonObject { ["nickname"] = nickname })).Succeeded();
        await agent.HearsOut();
        agent.Inbox.TakeAll(AgentClient.Chats);
        return chat;
    }

    private static async Task Say(AgentClient agent, string chat, string text) =>
        (await agent.Do(chat, "SendMessage", new JsonObject { ["text"] = text })).Succeeded();

    private async Task ShowsTheTranscript(PublishedClient client, string chat) =>
        Assert.Equal(PublishedClient.ScreenOf(await bob.ReadMessages(chat)), client.Screen);
}
