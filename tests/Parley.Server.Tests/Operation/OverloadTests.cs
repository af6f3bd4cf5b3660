using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Operation.Health;
using Parley.Server.Operation.Overload;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Server.Tests.Wire;
using Parley.Testing;

namespace Parley.Server.Tests.Operation;

/// <summary>At a limit new chats are refused, those that are there go on, and at 80 % new ones are taken again.</summary>
public sealed class OverloadTests : IAsyncDisposable
{
    private const int CannotStart = 240;

    private readonly FragileLog log = new();
    private readonly ManualTime clock = new();
    private readonly List<CustomerClient> customers = [];

    public async ValueTask DisposeAsync()
    {
        customers.ForEach(c => c.Dispose());
        await log.DisposeAsync();
    }

    [Fact]
    public async Task As_many_chats_as_may_be_open_can_begin_and_no_more_at_any_door()
    {
        await using var server = await Start("Parley:Customers:MaxOpenChats=10");
        await Fill(server, 10);

        Assert.False(await CanBegin(server));
        using var http = new HttpClient { BaseAddress = server.Address };
        var atDoorA = await GwsClient.Post(http, GwsClient.Root, """{"operationName":"RequestChat","nickname":"Eve"}""");
        Assert.Equal((400, 2), (atDoorA.Http, atDoorA.StatusCode));
        Assert.StartsWith("A chat cannot be started now.", atDoorA.Body["statusMessage"]!.GetValue<string>());
        await using var page = await PushedCustomer.Open(server.Address);
        await page.Publish("requestChat", ""","nickname":"Eve" """);
        Assert.Equal(CannotStart, (await page.Next("a refusal"))["errors"]![0]!["code"]!.GetValue<int>());
        Assert.False(await IsAvailable(server));
        await customers[0].Say("I am still here");

        await End(server, 1);
        Assert.False(await CanBegin(server));
        await End(server, 1);
        Assert.True(await IsAvailable(server));
        Assert.True(await CanBegin(server));
        Assert.True(await CanBegin(server));
        Assert.False(await CanBegin(server));
    }

    [Fact]
    public async Task Chats_that_are_finished_take_no_place_although_they_can_still_be_read()
    {
        await using var server = await Start("Parley:Customers:MaxOpenChats=2");
        for (var i = 0; i < 5; i++)
        {
            await Fill(server, 1);
            await End(server, 1);
        }
        await Fill(server, 2);
        Assert.False(await CanBegin(server));
    }

    [Fact]
    public async Task Of_a_rush_exactly_as_many_are_let_in_as_may_be()
    {
        await using var server = await Start("Parley:Customers:MaxOpenChats=10");
        var begun = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CanBegin(server)));
        Assert.Equal(10, begun.Count(b => b));
    }

    [Fact]
    public async Task Who_could_not_be_stored_takes_no_place()
    {
        await using var server = await Start("Parley:Customers:MaxOpenChats=2");
        log.IsBroken = true;
        for (var i = 0; i < 5; i++) Assert.False(await CanBegin(server));
        log.IsBroken = false;
        await Fill(server, 2);
    }

    [Fact]
    public async Task A_queue_that_is_full_is_closed_until_it_is_down_to_80_percent_and_others_are_open()
    {
        await using var server = await Start("Parley:Overload:MaxWaitingPerQueue=5");
        await Fill(server, 5);
        Assert.False(await CanBegin(server));
        Assert.False(await IsAvailable(server));
        using var http = new HttpClient { BaseAddress = server.Address };
        var elsewhere = await GwsClient.Post(
            http, GwsClient.Root, """{"operationName":"RequestChat","nickname":"Eve","endpoint":"PostProcessingQueue"}""");
        Assert.Equal(0, elsewhere.StatusCode);

        await using var bob = new AgentClient(server.Address, "agent1", "secret1");
        await bob.SignIn();
        await bob.GoReady();
        await Eventually.True(() => IsAvailable(server)); // three are offered: two wait
        Assert.True(await CanBegin(server));
    }

    [Fact]
    public async Task A_queue_may_have_a_limit_of_its_own()
    {
        await using var server = await StartedServer.Start(
            TestCenter.Text(
                """
                "queues": [{ "name": "Support", "maxWaiting": 2 }],
                "services": [{ "name": "customer-support", "queue": "Support" }],
                """),
            configure: null);
        await Fill(server, 2);
        Assert.False(await CanBegin(server));
    }

    [Theory]
    [InlineData("Parley:Overload:BusyRequestsUnderWay=10")]
    [InlineData("Parley:Overload:BusyWaitingAppends=10")]
    public async Task While_too_much_waits_for_the_disk_no_chat_begins_and_reading_goes_on(string setting)
    {
        await using var server = await Start(setting);
        await Fill(server, 11);
        var stored = new TaskCompletionSource();
        log.HoldAll = stored.Task;
        var saying = customers.Take(10).Select(c => c.Say("Hello")).ToList();
        await Eventually.True(() => Task.FromResult(server.The<CommandsUnderWay>().Waiting == 10));

        Assert.False(await CanBegin(server)); // refused at once: it does not wait for the disk
        Assert.Single((await customers[10].ReadAll())["messages"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, await Ready(server));

        stored.SetResult();
        await Task.WhenAll(saying);
        await Eventually.True(() => CanBegin(server));
    }

    [Fact]
    public async Task So_many_requests_in_a_second_and_no_chat_begins_until_there_are_fewer()
    {
        await using var server = await Start("Parley:Overload:BusyRequestsPerSecond=10");
        await Fill(server, 1);
        for (var i = 0; i < 10; i++) await customers[0].ReadAll();
        Assert.False(await CanBegin(server));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await CanBegin(server));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await CanBegin(server));
    }

    [Fact]
    public async Task With_too_many_requests_under_way_one_more_is_refused_whoevers_it_is_but_health_and_pages_that_never_ask_again()
    {
        await using var server = await Start("Parley:Overload:BusyRequestsUnderWay=10", "Parley:Overload:MaxRequestsUnderWay=10");
        await Fill(server, 8);
        using var page = await GwsClient.Ask(server.Address);
        await Fill(server, 1);
        await using var bob = new AgentClient(server.Address, "agent1", "secret1");
        await bob.SignIn();
        var stored = new TaskCompletionSource();
        log.HoldAll = stored.Task;
        Task[] saying = [.. customers.Select(c => c.Say("Hello")), page.Do("SendMessage", "Hello")];
        await Eventually.True(() => Task.FromResult(server.The<RequestLoad>().UnderWay == 10));

        var refused = await bob.Get("/api/v2/me");
        Assert.Equal((503, 4), (refused.Http, refused.StatusCode));
        Assert.StartsWith("The server has too many requests under way", refused.Body["statusMessage"]!.GetValue<string>());
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, await Ready(server));
        (await page.Get("?{}")).Succeeded();

        stored.SetResult();
        await Task.WhenAll(saying);
        await Eventually.True(async () => (await bob.Get("/api/v2/me")).StatusCode == 0);
    }

    private Task<StartedServer> Start(params string[] settings) => StartedServer.Start(
        null,
        builder => builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IEventLog>(log),
        [.. TestSettings.WithoutRateLimits.Select(s => s[2..]), .. settings]);

    private async Task Fill(StartedServer server, int count)
    {
        for (var i = 0; i < count; i++) customers.Add(await CustomerClient.Ask(server.Address, "Ada"));
    }

    /// <summary>The latest customers leave, and the server knows.</summary>
    private async Task End(StartedServer server, int count)
    {
        var open = server.The<Occupancy>().Open;
        foreach (var customer in customers[^count..])
        {
            (await customer.Post("disconnect")).Succeeded();
            customer.Dispose();
        }
        customers.RemoveRange(customers.Count - count, count);
        await Eventually.True(() => Task.FromResult(server.The<Occupancy>().Open == open - count));
    }

    /// <summary>Whether a chat begins at door B; if not, it is refused as its page says.</summary>
    private static async Task<bool> CanBegin(StartedServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var answer = await DoorAnswer.Post(http, CustomerClient.Service, [new("nickname", "Eve")]);
        if (answer.StatusCode == 0) return true;
        Assert.Equal((400, CannotStart), (answer.Http, Assert.Single(answer.ErrorCodes)));
        return false;
    }

    private static async Task<bool> IsAvailable(StartedServer server)
    {
        using var answer = await server.Get($"{CustomerClient.Service}/availability").Raw();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["open"]!.GetValue<bool>();
    }

    private static async Task<HttpStatusCode> Ready(StartedServer server)
    {
        using var answer = await server.Get("/health/ready").Raw();
        return answer.StatusCode;
    }
}
