using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Customers;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Customers;

/// <summary>How far customers of door A have read, when polls cross and servers start again.</summary>
public sealed class GwsCursorsTests
{
    private const int Readable = 600;

    [Fact]
    public async Task Of_two_polls_at_once_the_one_that_saw_less_takes_nothing_back()
    {
        await using var desk = await Desk.Open();
        var chat = await desk.Request("first");
        var earlier = await Find(desk, chat);
        Assert.Null((await desk.Chats.Execute(chat, new CustomerSend("Hello?"))).Refused);
        var later = await Find(desk, chat);
        var cursors = desk.The<GwsCursors>();

        cursors.Advance(later, [.. later.Transcript.From(1)]);
        cursors.Advance(earlier, [.. earlier.Transcript.From(1)]);

        Assert.Equal((1, 2), (earlier.Transcript.Count, cursors.Of(chat)));
    }

    [Fact]
    public async Task A_poll_that_was_overtaken_by_the_end_does_not_bring_the_end_again()
    {
        await using var desk = await Desk.Open();
        var chat = await desk.Request("first");
        var earlier = await Find(desk, chat);
        var ended = await Ended(desk, chat);
        var cursors = desk.The<GwsCursors>();

        Assert.Equal(Reading.Finished, cursors.Advance(ended, []));
        Assert.Equal(Reading.GoesOn, cursors.Advance(earlier, [.. earlier.Transcript.From(1)]));
        Assert.Equal(Reading.GoesOn, cursors.Advance(ended, []));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_remembered_of_a_chat_that_has_been_over_for_long(bool restarted)
    {
        await using var desk = await Desk.Open();
        var ended = await Ended(desk, await desk.Request("first"));
        if (restarted) await desk.Stop();
        await using var again = restarted ? await Desk.Open(desk.Log, desk.Clock) : desk;
        var cursors = again.The<GwsCursors>();

        Assert.Equal(Reading.Finished, cursors.Advance(ended, []));
        again.Clock.Advance(TimeSpan.FromSeconds(Readable));
        Assert.NotEqual(0, cursors.Of(ended.Id));
        again.Clock.Advance(TimeSpan.FromSeconds(Readable + 1));
        Assert.Equal(0, cursors.Of(ended.Id));
    }

    private static async Task<Chat> Find(Desk desk, ChatId chat) => (await desk.Chats.Find(chat))!;

    private static async Task<Chat> Ended(Desk desk, ChatId chat)
    {
        Assert.Null((await desk.Chats.Execute(chat, new CustomerLeave(QuitReason.Left))).Refused);
        return await Find(desk, chat);
    }
}
