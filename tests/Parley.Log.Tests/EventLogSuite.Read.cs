using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

public abstract partial class EventLogSuite
{
    [Fact]
    public async Task An_unknown_stream_is_empty()
    {
        Assert.Empty(await Log.ReadAsync("chat/none"));
        Assert.Equal(0, await Log.VersionAsync("chat/none"));
        Assert.Empty(await Log.FindAsync("chat/none", "key"));
    }

    [Theory]
    [InlineData(0, "a b c")]
    [InlineData(1, "b c")]
    [InlineData(3, "")]
    [InlineData(9, "")]
    public async Task Reading_gives_the_events_above_a_version(int after, string types)
    {
        await Log.StoreAsync(To("chat/1", 0, "a", "b", "c"));

        Assert.Equal(types, string.Join(' ', (await Log.ReadAsync("chat/1", after)).Select(e => e.Type)));
    }

    [Fact]
    public async Task What_was_read_does_not_change_when_the_stream_grows()
    {
        await Log.StoreAsync(To("chat/1", 0, "a"));
        var read = await Log.ReadAsync("chat/1");

        await Log.StoreAsync(To("chat/1", 1, "b"));

        Assert.Equal(["chat/1/1 a"], read.Told());
    }

    [Fact]
    public async Task Finding_a_command_gives_all_its_events_in_that_stream_and_no_others()
    {
        await Log.StoreAsync(Command("before", Part("chat/1", 0, "a")));
        await Log.StoreAsync(Command("key", Part("chat/1", 1, "b", "c"), Part("agent/1", 0, "d")));
        await Log.StoreAsync(Command("after", Part("chat/1", 3, "e")));

        Assert.Equal(["chat/1/2 b", "chat/1/3 c"], (await Log.FindAsync("chat/1", "key")).Told());
        Assert.Equal(["agent/1/1 d"], (await Log.FindAsync("agent/1", "key")).Told());
        Assert.Empty(await Log.FindAsync("agent/1", "before"));
    }

    [Fact]
    public async Task A_stream_is_live_from_the_first_event_of_its_life_to_the_last()
    {
        await Log.StoreAsync(Command("1", Part("agent/1", 0, "made")));
        Assert.Empty(await Log.LiveStreamsAsync(""));

        await Log.StoreAsync(Command("2", Part("agent/1", 1, "began", "more") with { Life = StreamLife.Begins }));
        await Log.StoreAsync(Command("3", Part("agent/1", 3, "goes on")));
        Assert.Equal([new LiveStream("agent/1", 2)], await Log.LiveStreamsAsync(""));

        await Log.StoreAsync(Command("4", Part("agent/1", 4, "ended") with { Life = StreamLife.Ends }));
        Assert.Empty(await Log.LiveStreamsAsync(""));

        await Log.StoreAsync(Command("5", Part("agent/1", 5, "began again") with { Life = StreamLife.Begins }));
        Assert.Equal([new LiveStream("agent/1", 6)], await Log.LiveStreamsAsync(""));
    }

    [Fact]
    public async Task A_command_that_was_not_stored_changes_no_life()
    {
        await Log.StoreAsync(Command("1", Part("chat/1", 0, "began") with { Life = StreamLife.Begins }));

        await Log.AppendAsync(Command("2", Part("chat/1", 0, "ended") with { Life = StreamLife.Ends }));

        Assert.Equal([new LiveStream("chat/1", 1)], await Log.LiveStreamsAsync(""));
    }

    [Fact]
    public async Task Live_streams_are_listed_by_prefix_and_ordered_by_name()
    {
        foreach (var name in (string[])["chat/b", "chat/a", "agent/1", "chats", "chat%", "Chat/c", "chat/"])
            await Log.StoreAsync(Command(NewId(), Part(name, 0, "began") with { Life = StreamLife.Begins }));

        Assert.Equal(["chat/", "chat/a", "chat/b"], (await Log.LiveStreamsAsync("chat/")).Select(l => l.Stream));
        Assert.Equal(["chat%"], (await Log.LiveStreamsAsync("chat%")).Select(l => l.Stream));
        Assert.Equal(7, (await Log.LiveStreamsAsync("")).Count);
    }
}
