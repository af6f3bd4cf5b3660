using System.Collections.Immutable;
using Parley.Agents;
using static Parley.Tests.Cast;

namespace Parley.Tests.Agents;

public sealed class AgentTests
{
    private static readonly ImmutableArray<(MediaChannel, Presence)> Chat = [(MediaChannel.Chat, Presence.NotReady)];

    [Fact]
    public void A_session_opens_its_channels_not_ready() =>
        Assert.Equal(Readiness.NotReady, SignedIn().PresenceOn(MediaChannel.Chat)?.Readiness);

    [Fact]
    public void Starting_again_keeps_the_session_and_its_states() =>
        Assert.Empty(new StartContactCenterSession(Bob, Chat).Decide(Ready()).Events);

    [Fact]
    public void Starting_again_opens_a_channel_that_had_gone_offline() =>
        Assert.Equal(
            [new ChannelChanged(MediaChannel.Chat, Presence.NotReady)],
            new StartContactCenterSession(Bob, Chat).Decide(After(Ready(), Change(Presence.Offline))).Events);

    [Fact]
    public void Without_a_session_there_is_no_state_to_change() =>
        Assert.Equal(Reason.InvalidInState, Change(Presence.Ready).Decide(Agent.Away).Refused?.Reason);

    [Fact]
    public void A_channel_that_the_session_does_not_have_is_not_found() =>
        Assert.Equal(
            Reason.NotFound,
            new ChangePresence(new MediaChannel("voice"), _ => Presence.Ready).Decide(SignedIn()).Refused?.Reason);

    [Fact]
    public void Ending_a_session_twice_is_no_error() =>
        Assert.Null(new EndContactCenterSession(SessionEndReason.LoggedOut).Decide(Agent.Away).Refused);

    [Fact]
    public void A_chat_is_taken_only_below_capacity()
    {
        var full = After(Ready(), new TakeChat(TheChat, 1));

        Assert.Equal(Reason.InvalidInState, new TakeChat(new ChatId("another"), 1).Decide(full).Refused?.Reason);
        Assert.Null(new TakeChat(new ChatId("another"), 2).Decide(full).Refused);
    }

    [Fact]
    public void A_chat_is_taken_only_when_ready() =>
        Assert.Equal(Reason.InvalidInState, new TakeChat(TheChat, 3).Decide(SignedIn()).Refused?.Reason);

    [Fact]
    public void The_same_chat_is_not_taken_twice() =>
        Assert.Equal(
            Reason.InvalidInState, new TakeChat(TheChat, 3).Decide(After(Ready(), new TakeChat(TheChat, 3))).Refused?.Reason);

    [Fact]
    public void Releasing_a_chat_that_is_not_there_changes_nothing() =>
        Assert.Empty(new ReleaseChat(TheChat).Decide(Ready()).Events);

    [Fact]
    public void An_agent_whose_chats_are_yet_to_be_released_is_still_live()
    {
        var gone = After(After(Ready(), new TakeChat(TheChat, 3)), new EndContactCenterSession(SessionEndReason.LoggedOut));

        Assert.True(gone.IsLive);
        Assert.False(After(gone, new ReleaseChat(TheChat)).IsLive);
    }

    [Fact]
    public void The_end_of_a_session_is_told_as_its_channels_going_offline()
    {
        var end = new EndContactCenterSession(SessionEndReason.LoggedOut);
        var commit = new AgentCommit(Bob, Ready(), end.Decide(Ready()).Events, AtNoon, After(Ready(), end));

        Assert.Equal([(MediaChannel.Chat, Presence.Offline)], commit.ChangedChannels);
    }

    [Fact]
    public void Taking_a_chat_is_not_told_as_a_change_of_channels()
    {
        var take = new TakeChat(TheChat, 3);
        var commit = new AgentCommit(Bob, Ready(), take.Decide(Ready()).Events, AtNoon, After(Ready(), take));

        Assert.Empty(commit.ChangedChannels);
    }

    internal static Agent SignedIn() => After(Agent.Away, new StartContactCenterSession(Bob, Chat));

    internal static Agent Ready() => After(SignedIn(), Change(Presence.Ready));

    private static ChangePresence Change(Presence presence) => new(null, _ => presence);

    private static Agent After(Agent agent, AgentSessionOperation operation)
    {
        var decision = operation.Decide(agent);
        Assert.Null(decision.Refused);
        return agent.Apply(decision.Events, AtNoon);
    }
}
