namespace Parley.Server.Tests.Durability;

/// <summary>The checker of the kill test finds what it is there to find.</summary>
public sealed class StoryCheckerTests
{
    private const string Ada = "ada";
    private const string Bob = "bob";

    [Fact]
    public void A_true_story_has_no_faults() =>
        Assert.Empty(StoryChecker.Faults(Chat(), new CustomerView(Story(), HasEnded: true)));

    [Fact]
    public void An_acknowledged_text_that_is_gone_is_a_fault() =>
        AssertFault("is there 0 times", Chat(), [.. Story().Where(entry => entry.Text != "two")]);

    [Fact]
    public void A_text_that_is_there_twice_is_a_fault() =>
        AssertFault("is there 2 times", Chat(), [.. Story(), new(6, "Text", "one")]);

    [Fact]
    public void A_refused_text_that_is_there_is_a_fault()
    {
        var chat = Chat();
        chat.AddSent(Ada, "no").Fate = Fate.Refused;
        AssertFault("was Refused", chat, [.. Story(), new(6, "Text", "no")]);
    }

    [Fact]
    public void An_unanswered_text_may_be_there_once_and_not_twice()
    {
        var chat = Chat();
        chat.AddSent(Ada, "perhaps").Fate = Fate.Unknown;
        Assert.Empty(StoryChecker.Faults(chat, new([.. Story(), new(6, "Text", "perhaps")], true)));
        AssertFault("is there 2 times", chat, [.. Story(), new(6, "Text", "perhaps"), new(7, "Text", "perhaps")]);
    }

    [Fact]
    public void Texts_of_one_sender_in_another_order_are_a_fault()
    {
        var chat = new ChatRecord("c");
        chat.AddSent(Ada, "one").Fate = Fate.Acknowledged;
        chat.AddSent(Ada, "two").Fate = Fate.Acknowledged;
        AssertFault("'two' has index 2, the one before it 3", chat,
            [new(1, "ParticipantJoined", null), new(2, "Text", "two"), new(3, "Text", "one")]);
    }

    [Fact]
    public void A_missing_index_is_a_fault_unless_it_was_a_typing_notice_no_agent_read()
    {
        AssertFault("nobody ever read the indexes 6", Chat(), [.. Story(), new(7, "ParticipantLeft", null)]);

        var typed = Chat();
        typed.AddTyping();
        Assert.Empty(StoryChecker.Faults(typed, new([.. Story(), new(7, "ParticipantLeft", null)], true)));
    }

    [Fact]
    public void A_hole_in_what_an_agent_read_is_a_fault()
    {
        var chat = Chat();
        chat.AddTyping();
        chat.AddWhole([new(1, "ParticipantJoined", null), new(3, "Text", "one")]);
        AssertFault("an agent read the indexes 1 3", chat, Story());
    }

    [Fact]
    public void An_index_that_reads_differently_later_is_a_fault()
    {
        var chat = Chat();
        chat.AddSeen([new(4, "Text", "something else")]);
        AssertFault("was later read as", chat, Story());
    }

    [Fact]
    public void A_text_of_another_chat_is_a_fault() =>
        AssertFault("nobody of this chat sent 'secret'", Chat(), [.. Story(), new(6, "Text", "secret")]);

    [Fact]
    public void A_chat_that_was_over_and_is_open_is_a_fault()
    {
        var chat = Chat();
        chat.AddEnd();
        Assert.Contains(
            StoryChecker.Faults(chat, new(Story(), HasEnded: false)),
            fault => fault.Contains("open again", StringComparison.Ordinal));
    }

    private static ChatRecord Chat()
    {
        var chat = new ChatRecord("c");
        chat.AddSent(Ada, "one").Fate = Fate.Acknowledged;
        chat.AddSent(Bob, "hello").Fate = Fate.Acknowledged;
        chat.AddSent(Ada, "two").Fate = Fate.Acknowledged;
        return chat;
    }

    private static Entry[] Story() =>
    [
        new(1, "ParticipantJoined", null), new(2, "ParticipantJoined", null),
        new(3, "Text", "one"), new(4, "Text", "hello"), new(5, "Text", "two"),
    ];

    private static void AssertFault(string expected, ChatRecord chat, Entry[] told) =>
        Assert.Contains(
            StoryChecker.Faults(chat, new CustomerView(told, true)), fault => fault.Contains(expected, StringComparison.Ordinal));
}
