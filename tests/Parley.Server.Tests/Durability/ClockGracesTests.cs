using System.Net;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Durability;

/// <summary>
/// Whoever is waited for when a machine's clock is set is waited for exactly as long as without: agents who are gone, CometD
/// sessions without a poll, sign-ins, chats in which nothing is said.
/// </summary>
public sealed class ClockGracesTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ManualTime clock = new();
    private RunningServer server = null!;
    private AgentClient bob = null!;
    private string? bobsId;

    public static TheoryData<int> Hours => [1, -1];

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start(
            clock, "--Parley:Accounts:SessionIdleMs=120000", "--Parley:Customers:SilenceTimeoutMs=1728000000");
        bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
    }

    public async ValueTask DisposeAsync()
    {
        await bob.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task An_agent_who_is_gone_has_the_grace_to_come_back_and_no_more(int hours)
    {
        using var ada = await server.Customer("Ada");
        await bob.AcceptNext();
        await bob.Listener.Disconnect();
        await using var supervisor = server.Supervisor(1);

        clock.Set(TimeSpan.FromHours(hours));
        clock.Advance(TimeSpan.FromSeconds(50)); // of 60
        Assert.True(await HasChat(supervisor, ada.ChatId));

        // a clock that makes up for a leap is a tenth faster or slower
        clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return !await HasChat(supervisor, ada.ChatId);
        });
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_session_that_does_not_poll_is_kept_for_as_long_as_it_was_told(int hours)
    {
        await using var here = server.Agent(2);
        await here.Listener.Handshake();
        await here.Listener.Subscribe(AgentClient.Chats);
        await using var there = server.Agent(3);
        await there.Listener.Handshake();

        clock.Set(TimeSpan.FromHours(hours));
        clock.Advance(TimeSpan.FromSeconds(29)); // of 30
        await here.Listener.Connect();
        Assert.True(here.Listener.IsListening);

        clock.Advance(TimeSpan.FromSeconds(2));
        var late = await there.Listener.Send(new() { ["channel"] = "/meta/connect", ["connectionType"] = "long-polling" });
        Assert.StartsWith("402", $"{late["error"]}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_sign_in_lasts_for_as_long_as_it_is_used_and_the_idle_time_more(int hours)
    {
        await using var eve = server.Agent(2);
        await eve.ReadId();
        eve.ForgetCredentials();

        clock.Set(TimeSpan.FromHours(hours));
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(100)); // of 120
            await eve.ReadId();
        }

        clock.Advance(TimeSpan.FromSeconds(150));
        using var answer = await eve.Http.GetAsync(new Uri("/api/v2/me", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_quiet_chat_is_warned_and_ended_when_it_would_have_been(int hours)
    {
        using var ada = await server.Customer("Ada");
        await bob.AcceptNext();

        clock.Set(TimeSpan.FromHours(hours));
        await Pass(TimeSpan.FromSeconds(225)); // of 255
        Assert.Equal(0, await Count(ada, "IdleAlert"));
        await Pass(TimeSpan.FromSeconds(60));
        await Eventually.True(async () => await Count(ada, "IdleAlert") == 1 || await Creep());
        Assert.Equal(0, await Count(ada, "IdleClose"));

        await Pass(TimeSpan.FromSeconds(60)); // of 45
        await Eventually.True(async () => await Count(ada, "IdleClose") == 1 || await Creep());
    }

    private async Task Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Moment)
        {
            clock.Advance(Moment);
            if (passed.Seconds % 10 == 0) (await bob.Get("/api/v2/me")).Succeeded();
        }
    }

    private Task<bool> Creep()
    {
        clock.Advance(TimeSpan.FromMilliseconds(1));
        return Task.FromResult(false);
    }

    private async Task<bool> HasChat(AgentClient supervisor, string chat)
    {
        var path = $"/api/v2/users/{await IdOf(supervisor)}/chats?fields=*";
        return (await supervisor.Get(path)).Succeeded().Body["chats"]!.AsArray().Any(c => $"{c!["id"]}" == chat);
    }

    private static async Task<int> Count(CustomerClient ada, string type) =>
        (await ada.ReadAll())["messages"]!.AsArray().Count(m => $"{m!["type"]}" == type);

    private async Task<string> IdOf(AgentClient supervisor)
    {
        if (bobsId is not null) return bobsId;
        var users = (await supervisor.Get("/api/v2/users?fields=*")).Succeeded().Body["users"]!.AsArray();
        return bobsId = $"{users.Single(u => $"{u!["userName"]}" == "agent1")!["id"]}";
    }
}
