using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

public abstract partial class EventLogSuite
{
    [Fact]
    public async Task Versions_of_a_stream_are_1_2_3_without_holes()
    {
        await Log.StoreAsync(To("chat/1", 0, "a", "b"));
        await Log.StoreAsync(To("chat/2", 0, "x"));
        await Log.StoreAsync(To("chat/1", 2, "c"));

        Assert.Equal(["chat/1/1 a", "chat/1/2 b", "chat/1/3 c"], (await Log.ReadAsync("chat/1")).Told());
        Assert.Equal(3, await Log.VersionAsync("chat/1"));
    }

    [Fact]
    public async Task An_event_is_kept_as_it_was_given()
    {
        byte[] data = [0, 255, 1, 0];
        NewEvent[] given = [new NewEvent("type", data), new NewEvent("none", default)];
        await Log.StoreAsync(Command("cömmand 🙂", new StreamAppend("chat/ü", 0, given)));

        var events = await Log.ReadAsync("chat/ü");

        Assert.Equal(data, events[0].Data.ToArray());
        Assert.Equal(0, events[1].Data.Length);
        Assert.All(events, e => Assert.Equal("cömmand 🙂", e.CommandId));
        Assert.True(events[0].Position < events[1].Position);
    }

    [Fact]
    public async Task A_command_over_several_streams_is_stored_whole()
    {
        await Log.StoreAsync(Command("offer", Part("chat/1", 0, "offered"), Part("agent/1", 0, "invited", "rang")));

        Assert.Equal(["chat/1/1 offered"], (await Log.ReadAsync("chat/1")).Told());
        Assert.Equal(["agent/1/1 invited", "agent/1/2 rang"], (await Log.ReadAsync("agent/1")).Told());
    }

    [Fact]
    public async Task One_stale_stream_keeps_the_whole_command_out()
    {
        await Log.StoreAsync(To("agent/1", 0, "ready"));

        var outcome = await Log.AppendAsync(Command("offer", Part("chat/1", 0, "offered"), Part("agent/1", 0, "invited")));

        Assert.Equal(AppendOutcome.Stale, outcome);
        Assert.Equal(0, await Log.VersionAsync("chat/1"));
        Assert.Equal(1, await Log.VersionAsync("agent/1"));
        Assert.Empty(await Log.FindAsync("chat/1", "offer"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_append_at_any_version_but_the_last_is_stale(int expected)
    {
        await Log.StoreAsync(To("chat/1", 0, "a", "b"));

        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(To("chat/1", expected, "c")));
        Assert.Equal(2, await Log.VersionAsync("chat/1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_command_that_a_stream_holds_is_repeated_even_if_stale(int expected)
    {
        await Log.StoreAsync(Command("key", Part("chat/1", 0, "a")));

        Assert.Equal(AppendOutcome.Repeated, await Log.AppendAsync(Command("key", Part("chat/1", expected, "a"))));
        Assert.Equal(1, await Log.VersionAsync("chat/1"));
    }

    [Fact]
    public async Task A_command_is_repeated_if_any_of_its_streams_holds_it()
    {
        await Log.StoreAsync(Command("key", Part("chat/1", 0, "a")));

        var outcome = await Log.AppendAsync(Command("key", Part("chat/2", 5, "a"), Part("chat/1", 1, "b")));

        Assert.Equal(AppendOutcome.Repeated, outcome);
        Assert.Equal(0, await Log.VersionAsync("chat/2"));
    }

    [Fact]
    public async Task The_same_command_id_in_another_stream_is_another_command()
    {
        await Log.StoreAsync(Command("key", Part("chat/1", 0, "a")));

        await Log.StoreAsync(Command("key", Part("chat/2", 0, "b")));

        Assert.Equal(["chat/2/1 b"], (await Log.FindAsync("chat/2", "key")).Told());
    }

    [Fact]
    public async Task A_stale_command_may_be_tried_again_under_its_id()
    {
        await Log.StoreAsync(To("chat/1", 0, "a"));
        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(Command("key", Part("chat/1", 0, "b"))));

        await Log.StoreAsync(Command("key", Part("chat/1", 1, "b")));
    }

    [Fact]
    public async Task A_stale_command_never_fails_its_neighbours()
    {
        await Log.StoreAsync(To("chat/0", 0, "taken"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            Log.AppendAsync(i % 3 == 0 ? To("chat/0", 0, "late") : To($"chat/{i}", 0, "first"))));

        for (var i = 0; i < 100; i++)
            Assert.Equal(i % 3 == 0 ? AppendOutcome.Stale : AppendOutcome.Stored, outcomes[i]);
        Assert.Equal(1, await Log.VersionAsync("chat/0"));
        Assert.Equal(1, await Log.VersionAsync("chat/1"));
    }

    [Fact]
    public async Task Of_concurrent_appends_at_one_version_exactly_one_is_stored()
    {
        for (var version = 0; version < 10; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
                Task.Run(() => Log.AppendAsync(To("chat/1", version, $"by {i}")))));

            Assert.Equal(1, outcomes.Count(o => o == AppendOutcome.Stored));
            Assert.Equal(7, outcomes.Count(o => o == AppendOutcome.Stale));
        }
    }

    [Fact]
    public async Task Of_concurrent_repeats_of_a_command_exactly_one_is_stored()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => Log.AppendAsync(Command("key", Part("chat/1", 0, "a"))))));

        Assert.Equal(1, outcomes.Count(o => o == AppendOutcome.Stored));
        Assert.Equal(7, outcomes.Count(o => o == AppendOutcome.Repeated));
    }

    [Fact]
    public async Task Concurrent_appenders_that_decide_again_all_get_in()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10;)
            {
                var append = To("chat/1", await Log.VersionAsync("chat/1"), $"{writer}:{i}");
                if (await Log.AppendAsync(append) == AppendOutcome.Stored) i++;
            }
        })));

        var events = await Log.ReadAsync("chat/1");
        Assert.Equal(Enumerable.Range(1, 80), events.Select(e => e.Version));
        for (var writer = 0; writer < 8; writer++)
            Assert.Equal(
                Enumerable.Range(0, 10).Select(i => $"{writer}:{i}"),
                events.Select(e => e.Type).Where(t => t.StartsWith($"{writer}:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_big_event_is_kept_whole()
    {
        var data = new byte[1 << 20];
        new Random(7).NextBytes(data);

        await Log.StoreAsync(Command("big", new StreamAppend("chat/1", 0, [new NewEvent("big", data), Event("small")])));

        var events = await Log.ReadAsync("chat/1");
        Assert.True(data.AsSpan().SequenceEqual(events[0].Data.Span));
        Assert.Equal("small", events[1].Type);
    }

    public static TheoryData<string, Append> Bugs => new()
    {
        { "no streams", Command("key") },
        { "no events", Command("key", Part("chat/1", 0)) },
        { "a stream twice", Command("key", Part("chat/1", 0, "a"), Part("chat/1", 1, "b")) },
        { "a negative version", Command("key", Part("chat/1", -1, "a")) },
        { "no command id", Command("", Part("chat/1", 0, "a")) },
        { "no stream name", Command("key", Part("", 0, "a")) },
        { "no event type", Command("key", Part("chat/1", 0, "")) },
        { "a control character", Command("key\0", Part("chat/1", 0, "a")) },
        { "half a surrogate pair", Command("key", Part("chat/\ud83d", 0, "a")) },
        { "a long name", Command("key", Part(new string('x', 41), 0, "a")) },
        { "many streams", Command("key", [.. Enumerable.Range(0, 5).Select(i => Part($"chat/{i}", 0, "a"))]) },
        { "many events", Command("key", Part("chat/1", 0, [.. Enumerable.Repeat("a", 21)])) },
        { "many bytes", Command("key", new StreamAppend("chat/1", 0, [new NewEvent("a", new byte[(2 << 20) + 1])])) },
    };

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public async Task An_append_that_only_a_bug_can_make_is_an_exception_and_stores_nothing(string bug, Append append)
    {
        var before = await Log.NowAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Log.AppendAsync(append));

        Assert.True(before == await Log.NowAsync(), bug);
    }

    [Fact]
    public async Task An_append_cancelled_beforehand_stores_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Log.AppendAsync(To("chat/1", 0, "a"), new CancellationToken(canceled: true)));

        await Log.StoreAsync(To("chat/1", 0, "b"));
        Assert.Equal(["chat/1/1 b"], (await Log.ReadAsync("chat/1")).Told());
    }

    [Fact]
    public async Task A_closed_log_takes_and_gives_nothing()
    {
        await Log.StoreAsync(To("chat/1", 0, "a"));
        await Log.DisposeAsync();

        await Assert.ThrowsAsync<LogUnavailableException>(() => Log.AppendAsync(To("chat/1", 1, "b")));
        await Assert.ThrowsAsync<LogUnavailableException>(() => Log.ReadAsync("chat/1"));
    }
}
