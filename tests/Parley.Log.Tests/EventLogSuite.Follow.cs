using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

public abstract partial class EventLogSuite
{
    [Fact]
    public async Task Following_from_the_beginning_gives_every_event_once_in_order()
    {
        for (var i = 0; i < 50; i++) await Log.StoreAsync(To($"chat/{i % 7}", i / 7, "before"));
        await using var follower = new Follower(Log, Cursor.Beginning);
        var heard = await follower.EventsAsync(50);
        for (var i = 50; i < 100; i++) await Log.StoreAsync(To($"chat/{i % 7}", i / 7, "after"));
        heard.AddRange(await follower.EventsAsync(50));

        var expected = Enumerable.Range(0, 100).Select(i => $"chat/{i % 7}/{(i / 7) + 1} {(i < 50 ? "before" : "after")}");
        Assert.Equal(expected, heard.Told());
        Assert.Equal(heard.OrderBy(e => e.Position), heard);
    }

    [Fact]
    public async Task Following_from_now_gives_only_what_comes_after()
    {
        await Log.StoreAsync(To("chat/1", 0, "old"));
        await using var follower = new Follower(Log, await Log.NowAsync());

        await Log.StoreAsync(To("chat/1", 1, "new"));

        Assert.Equal(["chat/1/2 new"], (await follower.EventsAsync(1)).Told());
    }

    [Fact]
    public async Task An_acknowledged_event_lies_before_now_and_can_be_read()
    {
        for (var i = 0; i < 20; i++)
        {
            await Log.StoreAsync(To("chat/1", i, $"{i}"));
            var now = await Log.NowAsync();
            Assert.Equal(i + 1, (await Log.ReadAsync("chat/1")).Count);

            await using var follower = new Follower(Log, now);
            await Log.StoreAsync(To("other", i, $"next {i}"));
            Assert.Equal([$"other/{i + 1} next {i}"], (await follower.EventsAsync(1)).Told());
        }
    }

    [Fact]
    public async Task Following_goes_on_from_the_cursor_of_any_batch()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Log.StoreAsync(To($"chat/{i}", 0, "a", "b"))));
        await using var first = new Follower(Log, Cursor.Beginning);
        var batches = await first.BatchesAsync(120);

        var seen = 0;
        foreach (var batch in batches)
        {
            seen += batch.Events.Count;
            if (seen == 120) break;
            await using var second = new Follower(Log, batch.Next);
            var rest = batches.SelectMany(b => b.Events).Skip(seen);
            Assert.Equal(rest.Told(), (await second.EventsAsync(120 - seen)).Told());
        }
    }

    [Fact]
    public async Task A_batch_never_splits_a_command()
    {
        var random = new Random(11);
        var sizes = Enumerable.Range(0, 60).Select(_ => random.Next(1, 20)).ToArray();
        await using var live = new Follower(Log, Cursor.Beginning);
        await Task.WhenAll(sizes.Select((size, i) => Log.StoreAsync(Command(
            $"command {i}",
            Part($"chat/{i}", 0, [.. Enumerable.Repeat("a", size)]),
            Part($"agent/{i}", 0, "b")))));

        await using var late = new Follower(Log, Cursor.Beginning);
        foreach (var follower in (Follower[])[live, late])
        {
            var batches = await follower.BatchesAsync(sizes.Sum() + 60);
            foreach (var command in batches.SelectMany(b => b.Events.GroupBy(e => e.CommandId)))
                Assert.Equal(sizes[int.Parse(command.Key.Split(' ')[1])] + 1, command.Count());
            Assert.Equal(60, batches.Sum(b => b.Events.DistinctBy(e => e.CommandId).Count()));
        }
    }

    [Fact]
    public async Task A_slow_follower_holds_nobody_up_and_misses_nothing()
    {
        await using var slow = Log.FollowAsync(Cursor.Beginning).GetAsyncEnumerator();
        await using var quick = new Follower(Log, Cursor.Beginning);
        await Log.StoreAsync(To("chat/1", 0, "0"));
        Assert.True(await slow.MoveNextAsync());
        var heard = slow.Current.Events.ToList();

        for (var i = 1; i < 300; i++) await Log.StoreAsync(To("chat/1", i, $"{i}"));
        Assert.Equal(300, (await quick.EventsAsync(300)).Count);

        while (heard.Count < 300)
        {
            Assert.True(await slow.MoveNextAsync().AsTask().WaitAsync(Follower.Patience));
            heard.AddRange(slow.Current.Events);
        }
        Assert.Equal(Enumerable.Range(1, 300), heard.Select(e => e.Version));
    }

    [Fact]
    public async Task Many_followers_hear_the_same_while_appenders_race()
    {
        var followers = Enumerable.Range(0, 5).Select(_ => new Follower(Log, Cursor.Beginning)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++) await Log.StoreAsync(To($"chat/{writer}", i, $"{i}"));
        })));

        var first = await followers[0].EventsAsync(400);
        foreach (var stream in first.GroupBy(e => e.Stream)) Assert.Equal(Enumerable.Range(1, 25), stream.Select(e => e.Version));
        Assert.Equal(400, first.Count);
        foreach (var other in followers.Skip(1)) Assert.Equal(first.Told(), (await other.EventsAsync(400)).Told());
        foreach (var follower in followers) await follower.DisposeAsync();
    }

    [Fact]
    public async Task A_follower_that_is_cancelled_ends_and_the_others_go_on()
    {
        var leaver = new Follower(Log, Cursor.Beginning);
        await using var stayer = new Follower(Log, Cursor.Beginning);
        await Log.StoreAsync(To("chat/1", 0, "a"));
        await leaver.EventsAsync(1);
        await stayer.EventsAsync(1);

        Assert.IsType<OperationCanceledException>(await leaver.EndAsync(), exactMatch: false);

        await Log.StoreAsync(To("chat/1", 1, "b"));
        Assert.Equal(["chat/1/2 b"], (await stayer.EventsAsync(1)).Told());
        await leaver.DisposeAsync();
    }

    [Fact]
    public async Task Closing_the_log_ends_its_followers()
    {
        await using var follower = new Follower(Log, Cursor.Beginning);

        await Log.DisposeAsync();

        Assert.IsType<LogUnavailableException>(await follower.EndedAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("999999999")]
    public async Task A_cursor_of_another_log_is_refused(string text)
    {
        await using var follower = new Follower(Log, Cursor.Beginning);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var _ in Log.FollowAsync(new Cursor(text))) Assert.Fail("An event came.");
        });
    }
}
