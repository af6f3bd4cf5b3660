using Parley.Server.Operation.Health;
using Parley.Server.Operation.Overload;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Operation;

/// <summary>
/// A server with too much to do begins no chats, then refuses what it cannot bear, and is itself again afterwards.
/// </summary>
public sealed class BusyTests
{
    [Theory]
    [InlineData("Parley:Overload:BusyRequestsUnderWay=10")]
    [InlineData("Parley:Overload:BusyWaitingAppends=10")]
    public async Task While_too_much_waits_for_the_disk_no_chat_begins_and_reading_goes_on(string setting)
    {
        await using var rush = await Rush.Start(setting);
        await rush.Fill(11);
        var stored = new TaskCompletionSource();
        rush.Log.HoldAll = stored.Task;
        var saying = rush.Customers.Take(10).Select(c => c.Say("Hello")).ToList();
        await Eventually.True(() => Task.FromResult(rush.The<CommandsUnderWay>().Waiting == 10));

        Assert.False(await rush.CanBegin()); // refused at once: it does not wait for the disk
        Assert.Single((await rush.Customers[10].ReadAll())["messages"]!.AsArray());
        Assert.True(await rush.IsReady());

        stored.SetResult();
        await Task.WhenAll(saying);
        await Eventually.True(rush.CanBegin);
    }

    [Fact]
    public async Task So_many_requests_in_a_second_and_no_chat_begins_until_there_are_fewer()
    {
        await using var rush = await Rush.Start("Parley:Overload:BusyRequestsPerSecond=10");
        await rush.Fill(1);
        for (var i = 0; i < 10; i++) await rush.Customers[0].ReadAll();
        Assert.False(await rush.CanBegin());
        rush.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await rush.CanBegin());
        rush.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await rush.CanBegin());
    }

    [Fact]
    public async Task With_too_many_requests_under_way_anybodys_is_refused_but_health_and_pages_that_would_never_ask_again()
    {
        await using var rush = await Rush.Start(
            "Parley:Overload:BusyRequestsUnderWay=10", "Parley:Overload:MaxRequestsUnderWay=10");
        await rush.Fill(8);
        using var page = await GwsClient.Ask(rush.Address);
        await rush.Fill(1);
        await using var bob = new AgentClient(rush.Address, "agent1", "secret1");
        await bob.SignIn();
        var stored = new TaskCompletionSource();
        rush.Log.HoldAll = stored.Task;
        Task[] saying = [.. rush.Customers.Select(c => c.Say("Hello")), page.Do("SendMessage", "Hello")];
        await Eventually.True(() => Task.FromResult(rush.The<RequestLoad>().UnderWay == 10));

        var refused = await bob.Get("/api/v2/me");
        Assert.Equal((503, 4), (refused.Http, refused.StatusCode));
        Assert.StartsWith("The server has too many requests under way", refused.Body["statusMessage"]!.GetValue<string>());
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.True(await rush.IsReady());
        (await page.Get("?{}")).Succeeded();

        stored.SetResult();
        await Task.WhenAll(saying);
        await Eventually.True(async () => (await bob.Get("/api/v2/me")).StatusCode == 0);
    }
}
