using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Log.History;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Rest;
using Parley.Testing;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>The history is nothing but a fold over the log: lost, it is built anew; broken, nothing else is.</summary>
public sealed class HistoryRestartTests
{
    [Fact]
    public async Task What_was_stored_is_there_after_a_restart_and_what_happens_then_is_added()
    {
        await using var archive = await Open();
        using var open = await archive.Begin();
        await open.Say("before");
        await archive.Restart();
        await using var cleo = archive.Server.Supervisor(1);

        await using var bob = archive.Server.Agent(1);
        (await bob.Do(open.ChatId, "SendMessage", new JsonObject { ["text"] = "after" })).Succeeded();

        Assert.Equal([open.ChatId], await Find(cleo, ""","searchText":"before after" """));
    }

    [Fact]
    public async Task A_history_that_breaks_is_a_warning_and_chats_go_on_and_it_is_made_up_for()
    {
        var clock = new ManualTime();
        var index = new BreakableHistory();
        await using var server = await StartedServer.Start(
            null,
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton<IEventLog>(new InMemoryEventLog());
                builder.Services.AddSingleton<IHistoryIndex>(index);
            },
            "Parley:History:CatchUpMs=0");
        using var http = new HttpClient { BaseAddress = server.Address };
        await using var cleo = new AgentClient(server.Address, "supervisor1", "secret1");
        index.IsBroken = true;

        using var customer = await CustomerClient.Ask(server.Address, "Ada");
        await Eventually.True(async () => await WarningOf(http) is not null);
        Assert.Equal("history", $"{(await WarningOf(http))!["part"]}");
        (await Ask(cleo)).Refused(503, 4);

        index.IsBroken = false;
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return await WarningOf(http) is null;
        });
        await Eventually.True(async () => (await Find(cleo)).SequenceEqual([customer.ChatId]));
    }

    [Fact]
    public async Task An_answer_that_could_not_wait_for_everything_says_so()
    {
        var index = new BreakableHistory();
        await using var server = await StartedServer.Start(
            null,
            builder =>
            {
                builder.Services.AddSingleton<IEventLog>(new InMemoryEventLog());
                builder.Services.AddSingleton<IHistoryIndex>(index);
            },
            "Parley:History:CatchUpMs=0");
        await using var cleo = new AgentClient(server.Address, "supervisor1", "secret1");
        index.IsHeld = true;

        using var customer = await CustomerClient.Ask(server.Address, "Ada");
        var answer = (await Ask(cleo)).Succeeded().Body;
        index.IsHeld = false;

        Assert.False(answer["isComplete"]!.GetValue<bool>());
        await Eventually.True(async () => (await Ask(cleo)).Succeeded().Body["isComplete"] is null);
        Assert.Equal([customer.ChatId], await Find(cleo));
    }

    [Fact]
    public async Task The_history_of_another_log_or_version_is_built_anew()
    {
        foreach (var foreign in (HistoryPlace[])[new(1, 9_999, "c"), new(1, 1, "another"), new(0, 0, "")])
        {
            var index = new InMemoryHistoryIndex();
            var query = new HistoryQuery(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            var alien = new HistoryRecord(new("alien"), "", DateTimeOffset.UnixEpoch.AddYears(50), Chats.UserDataRules.Empty);
            await index.ApplyAsync(HistoryPlace.Beginning(0), foreign, [new HistoryChange(alien, [])]);
            await using var server = await StartedServer.Start(null, builder =>
            {
                builder.Services.AddSingleton<IEventLog>(new InMemoryEventLog());
                builder.Services.AddSingleton<IHistoryIndex>(index);
            });

            using var customer = await CustomerClient.Ask(server.Address, "Ada");
            await using var cleo = new AgentClient(server.Address, "supervisor1", "secret1");

            Assert.Equal([customer.ChatId], await Find(cleo));
            Assert.Equal(customer.ChatId, Assert.Single((await index.FindAsync(query)).Records).Chat.Value);
        }
    }

    private static async Task<JsonNode?> WarningOf(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonObject>("/health/ready"))!["warnings"]?.AsArray().SingleOrDefault();
}
