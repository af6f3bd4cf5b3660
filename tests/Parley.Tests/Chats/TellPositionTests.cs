using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

public sealed class TellPositionTests
{
    [Fact]
    public void A_place_is_told_once_and_again_only_when_it_is_better()
    {
        var third = Waiting().After(new TellPosition(3, "Third"));
        Assert.Equal(Reason.InvalidInState, new TellPosition(3, "Third").Refused(third));
        Assert.Equal(Reason.InvalidInState, new TellPosition(4, "Fourth").Refused(third));
        Assert.Equal(new ToldPosition(2, Noon), third.After(new TellPosition(2, "Second")).Told);
    }

    [Fact]
    public void Only_who_waits_is_told()
    {
        Assert.Equal(Reason.InvalidInState, new TellPosition(1, "First").Refused(Offered()));
        Assert.Equal(Reason.InvalidInState, new TellPosition(1, "First").Refused(Talking()));
        Assert.Equal(Reason.InvalidInState, new TellPosition(1, "First").Refused(AfterChat()));
    }

    [Fact]
    public void In_another_queue_it_begins_anew()
    {
        var first = Waiting().After(new TellPosition(1, "First"));
        var passedOn = first.After(new Offer(Bob, Support, Noon.AddSeconds(30))).After(new Accept(Bob, "Bob"))
            .After(new Transfer(Bob, new TransferTarget.Waiting(PostProcessing), Noon.AddSeconds(30)));
        Assert.Equal((Place.Waiting, null), (passedOn.Place, passedOn.Told));
        Assert.Equal("Fifth", passedOn.After(new TellPosition(5, "Fifth")).Transcript.Last!.Text);
    }

    [Fact]
    public void The_greeting_comes_right_after_the_joining_and_before_the_first_words()
    {
        var chat = Chat.None.After(new RequestChat(
            TheChat, "customer-support", Support, "Ada", "", "", UserDataRules.Empty, "Hello?", Greeting: "Welcome"));
        Assert.Equal(
            [(1, null), (2, "Welcome"), (3, "Hello?")], chat.Transcript.From(1).Select(e => (e.Index, e.Text)));
        Assert.Equal(PartyKind.System, chat.Transcript.From(2).First().From.Kind);
    }
}
