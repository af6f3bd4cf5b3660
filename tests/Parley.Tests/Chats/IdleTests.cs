using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

/// <summary>What counts as quiet, what follows from it, and when. Ada and Bob talk since noon.</summary>
public sealed class IdleTests
{
    private static readonly IdleTimes Once = new(Minutes(4), TimeSpan.Zero, Minutes(1));
    private static readonly IdleTimes Twice = new(Minutes(4), Minutes(2), Minutes(1));
    private static readonly AgentId Cleo = new("7c1e0b5d4f5a4e07a2b6c1d93e48f004");

    public static TheoryData<string, bool> Activities => new()
    {
        { "the customer speaks", true },
        { "the agent speaks", true },
        { "the agent sends a link", true },
        { "the customer changes its name", true },
        { "the customer says it is there", true },
        { "the customer types", false },
        { "the customer's application signals", false },
        { "the agent's application speaks by itself", false },
        { "agents speak among themselves", false },
        { "somebody comes to advise", false },
        { "somebody comes to coach", false },
        { "somebody comes to read along", false },
        { "somebody barges in", true },
    };

    [Theory]
    [MemberData(nameof(Activities))]
    public void Only_what_the_customer_can_notice_ends_the_quiet(string what, bool counts)
    {
        var chat = Happen(what, Noon.AddMinutes(3));
        var due = IdlePlan.For(chat, Once)!.Due;
        Assert.Equal(counts ? Noon.AddMinutes(7) : Noon.AddMinutes(4), due);
    }

    [Theory]
    [InlineData(IdleNotices.None, "the customer types", false)]
    [InlineData(IdleNotices.Major, "the customer types", false)]
    [InlineData(IdleNotices.Typing, "the customer types", true)]
    [InlineData(IdleNotices.All, "the customer types", true)]
    [InlineData(IdleNotices.None, "the customer's application signals", false)]
    [InlineData(IdleNotices.Major, "the customer's application signals", true)]
    [InlineData(IdleNotices.Typing, "the customer's application signals", false)]
    [InlineData(IdleNotices.All, "the customer's application signals", true)]
    [InlineData(IdleNotices.All, "agents signal among themselves", false)]
    [InlineData(IdleNotices.All, "agents type among themselves", false)]
    public void Notices_count_where_they_are_to(IdleNotices counted, string what, bool counts)
    {
        var quiet = Once with { Counted = counted };
        var due = IdlePlan.For(Happen(what, Noon.AddMinutes(3)), quiet)!.Due;
        Assert.Equal(counts ? Noon.AddMinutes(7) : Noon.AddMinutes(4), due);

        var answered = Apply(Warned(quiet), What(what), Noon.AddMinutes(4.5));
        Assert.Equal(counts, answered.Idleness.Pending(counted) is null);
    }

    [Fact]
    public void Nobody_who_waits_or_is_gone_is_idle()
    {
        Assert.Null(IdlePlan.For(Waiting(), Once));
        Assert.Null(IdlePlan.For(Offered(), Once));
        Assert.Null(IdlePlan.For(AfterChat(), Once));
        Assert.NotNull(IdlePlan.For(Talking(), Once));
    }

    [Fact]
    public void A_step_of_zero_is_switched_off()
    {
        Assert.Null(IdlePlan.For(Talking(), Once with { Alert = TimeSpan.Zero }));

        var endless = Once with { Close = TimeSpan.Zero };
        var warned = Warned(endless);
        Assert.Null(IdlePlan.For(warned, endless));
        Assert.Null(warned.Transcript.Last!.Idle);
    }

    [Fact]
    public void A_warning_is_followed_by_another_if_there_is_one_and_then_by_the_end()
    {
        Assert.Equal(Plan(4, IdleMeasure.Warn, IdleStep.Close, 1), IdlePlan.For(Talking(), Once));
        Assert.Equal(Plan(5, IdleMeasure.End), IdlePlan.For(Warned(Once), Once));

        Assert.Equal(Plan(4, IdleMeasure.Warn, IdleStep.Alert, 2), IdlePlan.For(Talking(), Twice));
        var once = Warned(Twice);
        Assert.Equal(Plan(6, IdleMeasure.WarnAgain, IdleStep.Close, 1), IdlePlan.For(once, Twice));
        Assert.Equal(Plan(7, IdleMeasure.End), IdlePlan.For(Warned(Twice, once), Twice));

        static IdlePlan Plan(int minute, IdleMeasure measure, IdleStep next = IdleStep.Close, int within = 0) =>
            new(Noon.AddMinutes(minute), measure, next, Minutes(within));
    }

    [Fact]
    public void A_warning_says_what_follows_and_when()
    {
        var warned = Warned(Once);
        Assert.Equal(new IdleNotice(IdleStep.Close, 60), warned.Transcript.Last!.Idle);
        Assert.Equal((EntryKind.IdleAlert, PartyKind.System), (warned.Transcript.Last.Kind, warned.Transcript.Last.From.Kind));
    }

    [Fact]
    public void Of_two_who_plan_the_same_step_one_is_refused()
    {
        var warning = Warning(Talking(), Once);
        Assert.Equal(Reason.InvalidInState, warning.Refused(Warned(Once)));

        var end = new EndIdle(Warned(Once).Idleness, "");
        Assert.Equal(Reason.InvalidInState, end.Refused(Apply(Warned(Once), new CustomerSend("Yes"), Noon.AddMinutes(4.5))));
        Assert.Equal(Reason.InvalidInState, end.Refused(Warned(Once).After(end)));
    }

    [Fact]
    public void The_end_is_said_then_the_customer_leaves_and_agents_keep_their_work()
    {
        var chat = Warned(Once);
        var ended = chat.After(new EndIdle(chat.Idleness, "Goodbye"));
        Assert.Equal(
            [EntryKind.IdleClose, EntryKind.ParticipantLeft],
            ended.Transcript.From(chat.Transcript.Count + 1).Select(e => e.Kind));
        Assert.Equal(QuitReason.Idle, ended.Transcript.Last!.Quit);
        Assert.Equal(AgentChatState.LeftChat, ended.StateOf(Bob));
        Assert.False(ended.CustomerPresent);
    }

    [Fact]
    public void A_warning_without_words_still_is_one()
    {
        var chat = Talking().After(new WarnIdle(Talking().Idleness, "", IdleStep.Close, 60, Noon.AddMinutes(5)));
        Assert.Equal((EntryKind.IdleAlert, null), (chat.Transcript.Last!.Kind, chat.Transcript.Last.Text));
    }

    [Fact]
    public void Saying_one_is_there_means_nothing_while_nobody_serves_one() =>
        Assert.Empty(new CancelIdleTimer().Accepted(Waiting()));

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    /// <summary>The chat after the step that is due.</summary>
    private static Chat Warned(IdleTimes times, Chat? before = null)
    {
        var chat = before ?? Talking();
        return Apply(chat, Warning(chat, times), IdlePlan.For(chat, times)!.Due);
    }

    private static WarnIdle Warning(Chat chat, IdleTimes times)
    {
        var plan = IdlePlan.For(chat, times)!;
        return new(chat.Idleness, "Are you there?", plan.Next, (int)plan.Within.TotalSeconds, plan.Due + plan.Within);
    }

    private static Chat Happen(string what, DateTimeOffset at) => Apply(Talking(), What(what), at);

    private static Chat Apply(Chat chat, ChatOperation operation, DateTimeOffset at) => Apply(chat, [operation], at);

    private static Chat Apply(Chat chat, ChatOperation[] operations, DateTimeOffset at) =>
        operations.Aggregate(chat, (now, operation) => now.Apply(operation.Accepted(now), new Stamp(at)));

    private static ChatOperation[] What(string what) => what switch
    {
        "the customer speaks" => [new CustomerSend("Hello?")],
        "the agent speaks" => [new SendMessage(Bob, "One moment")],
        "the agent sends a link" => [new SendUrl(Bob, "https://shop.example.org/")],
        "the customer changes its name" => [new CustomerRename("Ida")],
        "the customer says it is there" => [new CancelIdleTimer()],
        "the customer types" => [new CustomerType(Typing.Started)],
        "the customer's application signals" => [new CustomerSignal("form opened")],
        "the agent's application speaks by itself" => [new SendMessage(Bob, "Welcome", null, TreatAs.System)],
        "agents speak among themselves" => [.. Advice, new SendToAgents(Bob, "Any idea?")],
        "agents signal among themselves" => [.. Advice, new SendCustomNoticeToAgents(Bob, "form opened")],
        "agents type among themselves" => [.. Advice, new SendStartTypingToAgentsNotification(Bob)],
        "somebody comes to advise" => Advice,
        "somebody comes to coach" => Supervision(ChatRole.Coach),
        "somebody comes to read along" => Supervision(ChatRole.Monitor),
        "somebody barges in" => Supervision(ChatRole.BargeIn),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static ChatOperation[] Advice =>
        [new Consult(Bob, new TransferTarget.User(Carol), Noon.AddMinutes(9)), new Accept(Carol, "Carol")];

    private static ChatOperation[] Supervision(ChatRole role) =>
        [new Intrude(Cleo, Bob, role, Noon.AddMinutes(9)), new Accept(Cleo, "Cleo")];
}
