using Microsoft.Extensions.Logging.Abstractions;
using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;
using Parley.Log.History;
using Parley.Server.History;

namespace Parley.Server.Tests.History;

/// <summary>However the log comes in stretches, the history becomes the same, in memory of any size.</summary>
public sealed class HistoryFoldsTests : IAsyncDisposable
{
    private static readonly HistoryQuery Everything = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));

    private readonly InMemoryEventLog log = new();
    private readonly Dictionary<string, int> versions = [];
    private DateTimeOffset now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Theory]
    [InlineData(1, 16)]
    [InlineData(7, 16)]
    [InlineData(1_000, 10_000)]
    public async Task Stretches_of_any_length_and_few_chats_in_memory_make_the_same_history(int length, int held)
    {
        var random = new Random(20261122);
        for (var i = 0; i < 60; i++) await Store($"chat{i}", Requested($"chat{i}"));
        for (var i = 0; i < 200; i++) await Store($"chat{random.Next(60)}", new CustomerSaid($"w{i}"));
        for (var i = 0; i < 60; i += 2) await Store($"chat{i}", new ChatEnded());
        // even what is over is told something now and then
        for (var i = 0; i < 20; i++) await Store($"chat{i}", new CustomerRead(1));

        var index = await Filled(length, new HistoryOptions { MaxHeldChats = held });

        var page = await index.FindAsync(Everything);
        Assert.Equal(60, page.TotalCount);
        Assert.Equal(30, page.Records.Count(r => r.EndedAt is not null));
        for (var i = 0; i < 200; i++)
            Assert.Single((await index.FindAsync(Everything with { Said = SearchText.Read($"w{i}") })).Records);
        Assert.Equal(60, (await index.FindAsync(Everything with { Said = SearchText.Read("Ada") })).TotalCount);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_keeps_its_chat_as_it_was_and_the_others_go_on()
    {
        await Store("chat1", Requested("chat1"));
        var unknown = new NewEvent("from-the-future.9", "{}"u8.ToArray());
        await log.AppendAsync(new Append("c", [new StreamAppend("chat/chat1", 1, [unknown])]));
        versions["chat1"] = 2;
        await Store("chat1", new ChatEnded());
        await Store("chat2", Requested("chat2"));

        var page = await (await Filled(1, new HistoryOptions())).FindAsync(Everything);

        Assert.Equal(["chat2", "chat1"], page.Records.Select(r => r.Chat.Value));
        Assert.All(page.Records, record => Assert.Null(record.EndedAt));
    }

    /// <summary>The history after all of the log, whose memory is lost before each third stretch.</summary>
    private async Task<InMemoryHistoryIndex> Filled(int length, HistoryOptions options)
    {
        var index = new InMemoryHistoryIndex();
        var folds = new HistoryFolds(log, options, NullLogger<HistoryFolds>.Instance);
        var place = HistoryPlace.Beginning(0);
        var events = new List<LogEvent>();
        var end = PositionCursor.Parse(await log.NowAsync());
        await foreach (var batch in log.FollowAsync(Cursor.Beginning))
        {
            events.AddRange(batch.Events);
            if (events[^1].Position == end) break;
        }
        foreach (var (n, stretch) in events.Chunk(length).Index())
        {
            if (n % 3 == 0) folds.Clear();
            var to = new HistoryPlace(1, stretch[^1].Position, stretch[^1].CommandId);
            Assert.True(await index.ApplyAsync(place, to, await folds.Take(stretch, CancellationToken.None)));
            place = to;
        }
        return index;
    }

    private async Task Store(string chat, ChatEvent e)
    {
        now += TimeSpan.FromSeconds(1);
        var version = versions.GetValueOrDefault(chat);
        var stored = EventCodec.Chat.Write(e, new Stamp(now));
        Assert.Equal(
            AppendOutcome.Stored,
            await log.AppendAsync(new Append($"{chat}:{version}", [new StreamAppend($"chat/{chat}", version, [stored])])));
        versions[chat] = version + 1;
    }

    private static ChatRequested Requested(string chat) =>
        new(new ChatId(chat), "customer-support", new("Support"), "Ada", "", "00915A7C3E5D0021", UserDataRules.Empty);
}
