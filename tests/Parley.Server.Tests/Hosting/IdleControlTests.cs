using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

/// <summary>
/// What is done about a quiet chat when servers stop, logs fail and several look after it. The rules are the demo's.
/// </summary>
public sealed class IdleControlTests
{
    private static readonly string[] Patient =
    [
        "--Parley:Customers:SilenceTimeoutMs=1728000000", "--Parley:Routing:SilenceWithoutNotificationsMs=86400000",
        "--Parley:Routing:DisappearanceGraceMs=3600000",
    ];

    [Fact]
    public async Task A_warning_that_is_pending_at_a_restart_still_runs_out()
    {
        await using var desk = await Open();
        var chat = await Talking(desk);
        await Warned(desk, chat);
        await desk.Stop();

        await using var again = await Open(desk.Log, desk.Clock);
        desk.Clock.Advance(TimeSpan.FromSeconds(43));
        Assert.True((await again.Chats.Find(chat))!.CustomerPresent);
        desk.Clock.Advance(TimeSpan.FromSeconds(3));
        var ended = await Until(again, chat, c => !c.CustomerPresent);
        Assert.Equal((QuitReason.Idle, AgentChatState.LeftChat), (ended.Transcript.Last!.Quit, ended.StateOf(desk.Bob)));
    }

    [Fact]
    public async Task A_quiet_that_began_before_a_restart_counts_after_it()
    {
        await using var desk = await Open();
        var chat = await Talking(desk);
        desk.Clock.Advance(TimeSpan.FromSeconds(200));
        await desk.Stop();

        await using var again = await Open(desk.Log, desk.Clock);
        desk.Clock.Advance(TimeSpan.FromSeconds(56));
        await Until(again, chat, c => c.Idleness.Warning is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_warning_that_ran_out_while_the_server_was_down_can_still_be_answered_for_a_while(bool answered)
    {
        await using var desk = await Open();
        var chat = await Talking(desk);
        await Warned(desk, chat);
        await desk.Stop();
        desk.Clock.Advance(TimeSpan.FromHours(1));

        await using var again = await Open(desk.Log, desk.Clock);
        if (answered) Assert.Null((await again.Chats.Execute(chat, new CustomerSend("I was here"))).Refused);
        desk.Clock.Advance(TimeSpan.FromSeconds(46));
        if (!answered)
        {
            await Until(again, chat, c => !c.CustomerPresent);
            return;
        }
        desk.Clock.Advance(TimeSpan.FromSeconds(210));
        Assert.True((await Until(again, chat, c => c.Idleness.Warning is not null)).CustomerPresent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_warning_that_could_not_be_stored_is_given_later(bool hasBug)
    {
        await using var desk = await Open();
        var chat = await Talking(desk);
        (desk.Log.IsBroken, desk.Log.HasBug) = (true, hasBug);
        desk.Clock.Advance(TimeSpan.FromSeconds(256));
        await Until(desk, chat, _ => desk.Log.Refusals > 0);
        Assert.Null((await desk.Chats.Find(chat))!.Idleness.Warning);
        (desk.Log.IsBroken, desk.Log.HasBug) = (false, false);

        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await Until(desk, chat, c => c.Idleness.Warning is not null);
    }

    [Fact]
    public async Task Two_nodes_warn_once_and_end_once()
    {
        await using var desk = await Open();
        await using var other = await Open(desk.Log, desk.Clock);
        var chat = await Talking(desk);
        await other.Until(chat, c => c.IsChatting(desk.Bob));

        await Warned(desk, chat);
        await Warned(other, chat);
        desk.Clock.Advance(TimeSpan.FromSeconds(46));
        foreach (var node in (Desk[])[desk, other])
        {
            var ended = await Until(node, chat, c => !c.CustomerPresent);
            Assert.Equal(
                [EntryKind.IdleAlert, EntryKind.IdleClose, EntryKind.ParticipantLeft],
                ended.Transcript.From(3).Select(e => e.Kind));
        }
    }

    [Fact]
    public async Task Talk_moves_the_end_and_a_chat_that_is_over_is_left_alone()
    {
        await using var desk = await Open();
        var chat = await Talking(desk);
        for (var i = 0; i < 5; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(200));
            Assert.Null((await desk.Chats.Execute(chat, new CustomerSend($"{i}"))).Refused);
        }
        Assert.Equal(7, (await desk.Chats.Find(chat))!.Transcript.Count);

        Assert.Null((await desk.Chats.Execute(chat, new CustomerLeave(QuitReason.Left))).Refused);
        desk.Clock.Advance(TimeSpan.FromSeconds(600));
        Assert.Equal(8, (await desk.Chats.Find(chat))!.Transcript.Count);
    }

    private static Task<Desk> Open(FragileLog? log = null, ManualTime? clock = null) => Desk.Open(log, clock, null, Patient);

    private static async Task<ChatId> Talking(Desk desk)
    {
        await desk.GoReady(desk.Bob);
        var chat = await desk.Request("first");
        await desk.Until(chat, c => c.IsInvited(desk.Bob));
        Assert.Null((await desk.Chats.Execute(chat, new Accept(desk.Bob, "Bob"))).Refused);
        return chat;
    }

    private static async Task Warned(Desk desk, ChatId chat)
    {
        if ((await desk.Chats.Find(chat))!.Idleness.Warning is null) desk.Clock.Advance(TimeSpan.FromSeconds(256));
        await Until(desk, chat, c => c.Idleness.Warning is not null);
    }

    /// <summary>
    /// Waits while the clock creeps on: what is planned only now for a time that is past is due at its next move.
    /// </summary>
    private static async Task<Chat> Until(Desk desk, ChatId chat, Func<Chat, bool> holds)
    {
        await Eventually.True(async () =>
        {
            desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
            return holds((await desk.Chats.Find(chat))!);
        });
        return (await desk.Chats.Find(chat))!;
    }
}
