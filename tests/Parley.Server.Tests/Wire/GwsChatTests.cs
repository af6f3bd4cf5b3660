using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>What customers' software demands of the GWS Customer Chat door. The numbers are the constraints'.</summary>
public sealed class GwsChatTests
{
    private const string Unknown = "7c9d0a52-3b1e-4f0c-9a67-5f2b6c81d4e0";

    [Fact]
    public async Task A_customer_waits_chats_and_is_idle_at_the_end()
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(1);
        await agent.SignIn();
        using var customer = await GwsClient.Ask(server.Address);
        Assert.Equal($"/api/v2/chats/{customer.Id}", customer.Created["path"]!.GetValue<string>());
        Assert.True(Guid.TryParseExact(customer.Id, "D", out _));
        Assert.Equal("WaitingForAgent", (await customer.Chat())["state"]!.GetValue<string>());

        await agent.GoReady();
        var chat = await agent.AcceptNext();
        (await agent.Do(chat, "SendMessage", new JsonObject { ["text"] = "Good morning!" })).Succeeded();
        var chatting = await customer.Chat();
        Assert.Equal("Chatting", chatting["state"]!.GetValue<string>());
        Assert.Equal(4, chatting["capabilities"]!.AsArray().Count);
        Assert.Equal(
            ["1 Customer", "2 Agent"],
            chatting["participants"]!.AsArray().Select(p => $"{p!["participantId"]} {p["type"]}").Order());

        (await customer.Do("SendStartTypingNotification")).Succeeded();
        (await customer.Do("SendMessage", "Is somebody there?")).Succeeded();
        Assert.Equal("Is somebody there?", (await agent.ReadMessages(chat))[^1]!["text"]!.GetValue<string>());
        (await customer.Do("Complete")).Succeeded();
        (await customer.Do("Complete")).Succeeded();
        (await customer.Do("SendMessage", "late")).Refused(400, 2);
        var idle = await customer.Chat();
        Assert.Equal("Idle", idle["state"]!.GetValue<string>());
        Assert.Empty(idle["capabilities"]!.AsArray());
    }

    [Fact]
    public async Task Polls_without_an_index_bring_everything_once_and_the_end_last()
    {
        await using var server = await RunningServer.Start();
        using var customer = await GwsClient.Ask(server.Address);
        Assert.Equal(["ParticipantJoined"], await customer.Types());
        Assert.Empty(await customer.Types());
        (await customer.Do("SendMessage", "one")).Succeeded();
        (await customer.Do("SendStartTypingNotification")).Succeeded();
        Assert.Equal(["ParticipantJoined", "Text"], await customer.Types("?index=0"));
        Assert.Equal(["Text"], await customer.Types("?index=2"));
        Assert.Equal(["Text"], await customer.Types());
        (await customer.Do("Complete")).Succeeded();
        Assert.Equal(["ParticipantLeft", "TranscriptSaveDone"], await customer.Types());
        Assert.Empty(await customer.Types());
        (await customer.Get("/messages?index=-1")).Refused(400, 10);
        (await customer.Get("/messages?index=x")).Refused(400, 10);
    }

    [Fact]
    public async Task A_chat_can_be_read_for_ten_minutes_after_its_end()
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        using var customer = await GwsClient.Ask(server.Address);
        (await customer.Do("Complete")).Succeeded();
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        (await customer.Get()).Succeeded();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await customer.Get()).Refused(404, 6);
        (await customer.Get("/messages")).Refused(404, 6);
    }

    [Fact]
    public async Task Refusals_have_the_numbers_of_the_agents_api()
    {
        await using var server = await RunningServer.Start();
        using var customer = await GwsClient.Ask(server.Address);
        (await customer.Do("SendMessage")).Refused(400, 1);
        (await customer.Do("SendMessage", new string('x', 4097))).Refused(400, 10);
        (await customer.Do("Dance")).Refused(400, 10);
        foreach (var (path, body, http, code) in new[]
        {
            (GwsClient.Root, """{"nickname":"Mira"}""", 404, 6),
            (GwsClient.Root, """{"operationName":"RequestChat","nickname":" "}""", 400, 1),
            (GwsClient.Root, """{"operationName":"RequestChat","nickname":"Mira","endpoint":"nowhere"}""", 404, 6),
            ($"{GwsClient.Root}/{customer.Id}", "{}", 400, 1),
            ($"{GwsClient.Root}/{Unknown}", """{"operationName":"Complete"}""", 404, 6),
        })
            (await GwsClient.Post(customer.Http, path, body)).Refused(http, code);
    }

    [Fact]
    public async Task K12_K20_a_slash_a_missing_content_type_and_a_nonsense_query_make_no_difference()
    {
        await using var server = await RunningServer.Start();
        using var customer = await GwsClient.Ask(server.Address);
        (await GwsClient.Post(
            customer.Http, $"{GwsClient.Root}/", """{"operationName":"RequestChat","nickname":"Ida"}""", mediaType: null)).Succeeded();
        (await customer.Get("?{}")).Succeeded();
        (await customer.Get("/messages?{}")).Succeeded();
    }

    [Fact]
    public async Task K21_a_poll_that_cannot_be_answered_now_is_answered_with_nothing()
    {
        var log = new FragileLog();
        await using var server = await Rest.StartedServer.Start(null, builder => builder.Services.AddSingleton<IEventLog>(log));
        using var http = new HttpClient { BaseAddress = server.Address };
        log.IsUnreadable = true;

        using var poll = await http.GetAsync($"{GwsClient.Root}/{Unknown}/messages");
        Assert.Empty((await Answer.Read(poll)).Succeeded().Body["messages"]!.AsArray());
        Assert.Equal(TimeSpan.FromSeconds(1), poll.Headers.RetryAfter?.Delta);
        using var read = await http.GetAsync($"{GwsClient.Root}/{Unknown}");
        Assert.Equal(503, (int)read.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_could_not_be_given_because_of_the_log_is_given_next_time_and_once(bool isStored)
    {
        var log = new FragileLog();
        await using var server = await Rest.StartedServer.Start(null, builder => builder.Services.AddSingleton<IEventLog>(log));
        using var customer = await GwsClient.Ask(server.Address);
        (await customer.Do("SendMessage", "one")).Succeeded();
        Assert.Equal(["one"], await customer.Texts());
        (await customer.Do("SendMessage", "two")).Succeeded();

        (log.IsBroken, log.LosesAnswers) = (true, isStored);
        Assert.Empty(await customer.Texts());
        // what is stored already may be given while nothing else can be stored
        var given = new List<string>(await customer.Texts());
        Assert.Equal(isStored ? ["two"] : [], given);
        (log.IsBroken, log.LosesAnswers) = (false, false);
        (await customer.Do("SendMessage", "three")).Succeeded();

        for (var i = 0; i < 3; i++) given.AddRange(await customer.Texts());
        Assert.Equal(["two", "three"], given);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_polls_at_once_one_is_given_each_part_whatever_the_log_answers(bool isStored)
    {
        var log = new FragileLog();
        await using var server = await Rest.StartedServer.Start(
            null, builder => builder.Services.AddSingleton<IEventLog>(log),
            [.. TestSettings.WithoutRateLimits.Select(s => s[2..])]);
        using var customer = await GwsClient.Ask(server.Address);
        var (said, given) = (new List<string>(), new List<string>());
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 2; i++)
            {
                said.Add($"{round}.{i}");
                (await customer.Do("SendMessage", said[^1])).Succeeded();
            }
            (log.IsBroken, log.LosesAnswers) = (true, isStored);
            given.AddRange(await PollsAtOnce());
            given.AddRange(await PollsAtOnce());
            (log.IsBroken, log.LosesAnswers) = (false, false);
            if (round % 2 == 0) given.AddRange(await PollsAtOnce());
        }
        given.AddRange(await PollsAtOnce());

        Assert.Equal(said, given);

        // each gets a part, or nothing
        async Task<string[]> PollsAtOnce() =>
            [.. (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => customer.Texts()))).SelectMany(part => part).Order()];
    }

    [Fact]
    public async Task A_bug_is_logged_without_the_id_which_is_the_key_to_the_chat()
    {
        var (log, errors) = (new FragileLog(), new LoggedErrors());
        await using var server = await Rest.StartedServer.Start(null, builder =>
        {
            builder.Logging.AddProvider(errors);
            builder.Services.AddSingleton<IEventLog>(log);
        });
        using var customer = await GwsClient.Ask(server.Address);
        log.HasBug = true;

        Assert.Equal(500, (await customer.Do("SendMessage", "Hello?")).Http);
        var error = Assert.Single(errors.All);
        Assert.Contains("POST /api/v2/chats/{id:guid} failed", error, StringComparison.Ordinal);
        Assert.DoesNotContain(customer.Id, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_contact_centre_is_not_here()
    {
        await using var server = await RunningServer.Start();
        using var customer = await GwsClient.Ask(server.Address);
        customer.Http.DefaultRequestHeaders.Add("ContactCenterId", Unknown);
        (await customer.Get()).Refused(404, 6);
    }

    [Fact]
    public async Task Whoever_knows_the_id_is_the_customer_whatever_credentials_come_along()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Accounts:EnableCsrfProtection=true");
        await using var agent = server.Agent(1);
        (await agent.Get("/api/v2/me")).Succeeded();
        agent.ForgetCredentials();
        using var customer = await GwsClient.Ask(server.Address);
        (await GwsClient.Post(
            agent.Http, $"{GwsClient.Root}/{customer.Id}", """{"operationName":"SendMessage","text":"with a cookie"}""")).Succeeded();
        Assert.Equal(["ParticipantJoined", "Text"], await customer.Types());
    }
}
