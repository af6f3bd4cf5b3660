using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

public sealed class OperationTests
{
    [Fact]
    public void A_request_for_a_chat_makes_the_customer_join_and_wait() =>
        Assert.Collection(
            new RequestChat(TheChat, "customer-support", Support, "Ada", "", "", UserDataRules.Empty).Accepted(Chat.None),
            e => Assert.IsType<ChatRequested>(e),
            e => Assert.IsType<CustomerJoined>(e));

    [Fact]
    public void First_words_follow_the_join()
    {
        var request = new RequestChat(TheChat, "customer-support", Support, "Ada", "", "", UserDataRules.Empty, "Anybody there?");

        Assert.Equal(new CustomerSaid("Anybody there?"), request.Accepted(Chat.None)[^1]);
    }

    [Fact]
    public void A_chat_id_is_used_once() =>
        Assert.Equal(
            Reason.Unavailable,
            new RequestChat(TheChat, "customer-support", Support, "Eve", "", "", UserDataRules.Empty).Refused(Waiting()));

    [Fact]
    public void Accepting_joins_the_session() =>
        Assert.Equal([new AgentJoined(Bob, "Bob")], new Accept(Bob, "Bob").Accepted(Offered()));

    [Fact]
    public void Accepting_can_remember_the_agent_for_the_contact() =>
        Assert.Equal(
            [new AgentJoined(Bob, "Bob"), new LastAgentSaved(Bob)],
            new Accept(Bob, "Bob", SaveLastAgent.Yes).Accepted(Offered()));

    [Fact]
    public void Accepting_a_chat_whose_session_is_over_fails_to_join() =>
        Assert.Equal(AgentChatState.JoinFailed, JoinFailed().StateOf(Carol));

    [Fact]
    public void Rejecting_puts_the_chat_back_into_its_queue()
    {
        var rejected = Offered().After(new Reject(Bob));

        Assert.Equal(Place.Waiting, rejected.Place);
        Assert.Equal(AgentChatState.Completed, rejected.StateOf(Bob));
    }

    [Fact]
    public void Leaving_ends_the_session_for_the_customer_and_keeps_the_interaction() =>
        Assert.Equal(
            [new AgentLeft(Bob), new CustomerLeft(QuitReason.ClosedByAgent)],
            new Leave(Bob).Accepted(Talking()));

    [Fact]
    public void A_farewell_is_said_before_leaving() =>
        Assert.Equal(new AgentSaid(Bob, "Goodbye"), new Leave(Bob, new Farewell("Goodbye")).Accepted(Talking())[0]);

    [Fact]
    public void Leaving_twice_succeeds_without_effect() => Assert.Empty(new Leave(Bob).Accepted(AfterChat()));

    [Fact]
    public void A_farewell_that_nobody_can_read_is_left_out() =>
        Assert.Equal(
            [new AgentCompleted(Bob), new ChatEnded()],
            new Complete(Bob, Farewell: new Farewell("Goodbye")).Accepted(AfterChat()));

    [Fact]
    public void Completing_a_live_chat_ends_the_session_first() =>
        Assert.Equal(
            [
                new AgentSaid(Bob, "Goodbye"), new AgentLeft(Bob),
                new CustomerLeft(QuitReason.ClosedByAgent), new LastAgentSaved(Bob),
                new AgentCompleted(Bob), new ChatEnded(),
            ],
            new Complete(Bob, SaveLastAgent: SaveLastAgent.Yes, Farewell: new Farewell("Goodbye")).Accepted(Talking()));

    [Fact]
    public void Completing_into_a_queue_keeps_the_interaction_going_without_the_customer()
    {
        var placed = Talking().After(new Complete(Bob, PostProcessing));

        Assert.Equal((Place.Waiting, PostProcessing, false), (placed.Place, placed.Line.Queue, placed.CustomerPresent));
    }

    [Fact]
    public void Leaving_and_completing_is_one_step() =>
        Assert.Equal(new Complete(Bob).Accepted(Talking()), new LeaveAndComplete(Bob).Accepted(Talking()));

    [Fact]
    public void Attached_data_overwrites_and_deleting_an_unknown_key_is_no_error()
    {
        var attach = new AttachUserData(Bob, UserDataRules.Empty.Add("OrderNo", DataValue.Of("A-1199")));
        var update = new UpdateUserData(Bob, UserDataRules.Empty.Add("OrderNo", DataValue.Number("1.10")));
        var chat = Talking().After(attach).After(update).After(new DeleteUserData(Bob, ["Nothing"]));

        Assert.Equal("1.10", chat.UserData["OrderNo"].Written);
        Assert.Empty(chat.After(new DeleteUserData(Bob, ["OrderNo"])).UserData);
    }

    [Fact]
    public void User_data_has_a_bound()
    {
        var tooMany = Enumerable.Range(0, UserDataRules.MaxPairs + 1).ToDictionary(i => $"key{i}", _ => DataValue.Null);

        Assert.Equal(Reason.InvalidInState, new AttachUserData(Bob, UserDataRules.Empty.AddRange(tooMany)).Refused(Talking()));
    }

    [Fact]
    public void A_disposition_is_kept_in_the_user_data() =>
        Assert.Equal(DataValue.Of("Solved"), AfterChat().After(new SetDisposition(Bob, "Solved")).UserData["DispositionCode"]);

    [Fact]
    public void Looking_at_the_chat_again_changes_nothing() =>
        Assert.Empty(new SetInFocus(Bob).Accepted(Talking().After(new SetInFocus(Bob))));

    [Fact]
    public void A_customer_who_leaves_leaves_the_agent_with_after_chat_work()
    {
        var left = Talking().After(new CustomerLeave(QuitReason.Left));

        Assert.Equal((Place.AfterChatWork, AgentChatState.LeftChat), (left.Place, left.StateOf(Bob)));
    }

    [Fact]
    public void A_customer_who_leaves_before_anybody_accepts_takes_the_offer_along()
    {
        var left = Offered().After(new CustomerLeave(QuitReason.Left));

        Assert.Equal((Place.Done, AgentChatState.Revoked), (left.Place, left.StateOf(Bob)));
    }

    [Fact]
    public void A_customer_does_nothing_after_the_end() =>
        Assert.Equal(Reason.InvalidInState, new CustomerSend("Hello?").Refused(AfterChat()));

    [Fact]
    public void A_chat_is_offered_to_one_agent() =>
        Assert.Equal(Reason.InvalidInState, new Offer(Carol, Support, Noon).Refused(Offered()));

    [Fact]
    public void Only_the_offer_that_is_meant_is_revoked() =>
        Assert.Equal(
            Reason.InvalidInState,
            new RevokeOffer(Bob, Noon.AddSeconds(10), RevokeReason.NoAnswer).Refused(Offered()));

    [Theory]
    [InlineData(AgentChatState.Invited, Place.Waiting, AgentChatState.Revoked)]
    [InlineData(AgentChatState.Chatting, Place.Waiting, AgentChatState.Revoked)]
    [InlineData(AgentChatState.LeftChat, Place.Done, AgentChatState.Completed)]
    public void An_agent_who_is_gone_strands_nobody(AgentChatState was, Place place, AgentChatState becomes)
    {
        var chat = (was switch
        {
            AgentChatState.Invited => Offered(),
            AgentChatState.Chatting => Talking(),
            _ => AfterChat(),
        }).After(new DetachAgent(Bob));

        Assert.Equal((place, becomes), (chat.Place, chat.StateOf(Bob)));
    }

    [Fact]
    public void An_agent_who_comes_back_rejoins_under_the_same_number()
    {
        var again = Talking().After(new DetachAgent(Bob)).After(new Offer(Bob, Support, Noon.AddHours(1)))
            .After(new Accept(Bob, "Bob"));

        Assert.Equal(EntryKind.ParticipantRejoined, again.Transcript.Last!.Kind);
        Assert.Equal(2, again.Part(Bob)!.Party!.Number);
    }

    [Fact]
    public void What_is_wrong_with_a_parameter_is_said_only_to_who_could_use_it()
    {
        var flawed = new Flawed(
            new SendMessage(Carol, ""), new Rejection(Reason.ParameterMissing, "Parameter 'text' is required."));

        Assert.Equal(Reason.NotFound, flawed.Refused(Talking()));
    }

    [Fact]
    public void Whoever_serves_longest_without_a_break_succeeds_the_owner()
    {
        var chat = Talking().After(Joining(Carol)).After(new Leave(Carol)).After(Joining(Dave)).After(Joining(Carol));

        Assert.Equal(Dave, chat.After(new Leave(Bob)).Owner?.Agent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_supervisor_who_must_not_be_noticed_declines_without_being_asked(bool hasCome)
    {
        var chat = Talking().After(new Intrude(Carol, Bob, ChatRole.Monitor, Noon));
        if (hasCome) chat = chat.After(new Accept(Carol, "Carol"));
        var commit = new Consult(Bob, new TransferTarget.User(Carol), Noon).Commit(chat, new Stamp(Noon, Bob, 7));

        var told = Assert.IsType<News.HelpFailed>(Assert.Single(commit.NewsFor(Bob)));
        Assert.Equal((7, null), (told.ReferenceId, told.Why));
        Assert.Empty(commit.NewsFor(Carol));
        Assert.Equal(chat.Part(Carol), commit.After.Part(Carol));
    }

    [Fact]
    public void A_transfer_to_a_silent_supervisor_goes_as_if_it_had_been_declined()
    {
        var chat = Talking().After(new Intrude(Carol, Bob, ChatRole.Monitor, Noon)).After(new Accept(Carol, "Carol"));

        Assert.Equal(Place.Waiting, chat.After(new Transfer(Bob, new TransferTarget.User(Carol), Noon)).Place);
    }

    [Fact]
    public void A_supervisor_who_works_on_a_chat_itself_sees_no_silent_colleague_there_wherever_it_looks_from()
    {
        var chat = Talking().After(new Intrude(Carol, Bob, ChatRole.Monitor, Noon)).After(new Accept(Carol, "Carol"));

        Assert.Null(ChatView.Over(chat, Carol, Bob));
        Assert.DoesNotContain(ChatView.Over(chat, Bob, Bob)!.Participants, p => p.Agent == Carol);
        Assert.Contains(ChatView.Over(chat, Bob, Dave)!.Participants, p => p.Agent == Carol);
    }

    [Fact]
    public void The_owner_takes_back_what_somebody_asked_who_is_gone()
    {
        var chat = Invited(Carol, Talking())
            .After(new Transfer(Bob, new TransferTarget.User(Dave), Noon)).After(new Accept(Dave, "Dave"));

        Assert.Equal(
            [new AgentRevoked(Carol, RevokeReason.Withdrawn)], new RemoveParticipantFromConference(Dave, Carol).Accepted(chat));
    }

    [Fact]
    public void Whoever_comes_back_is_not_told_of_what_it_asked_before_it_went()
    {
        var asked = new Invite(Bob, new TransferTarget.User(Carol), Noon).Commit(Talking(), new Stamp(Noon, Bob, 3)).After;
        var gone = asked.After(new Transfer(Bob, new TransferTarget.User(Dave), Noon)).After(new Accept(Dave, "Dave"));
        var back = gone.Apply(
            [new AgentInvited(Bob, Noon, ChatRole.Conferenced), new AgentJoined(Bob, "Bob", ChatRole.Conferenced)], AtNoon);

        Assert.Empty(new Reject(Carol).Commit(back).NewsFor(Bob));
    }

    [Fact]
    public void What_leaves_nothing_behind_has_a_bound()
    {
        var chat = Talking().Apply(Enumerable.Repeat(new HistoryRequested(Bob, 1), 10_000), AtNoon);

        Assert.Equal(Reason.InvalidInState, new RequestChatHistory(Bob).Refused(chat));
        Assert.Equal(Reason.InvalidInState, new SetInFocus(Bob).Refused(chat));
    }

    private static Chat Invited(AgentId agent, Chat chat) => chat.After(new Invite(Bob, new TransferTarget.User(agent), Noon));

    private static ChatOperation[] Joining(AgentId agent) =>
        [new Invite(Bob, new TransferTarget.User(agent), Noon), new Accept(agent, agent.Value)];
}
