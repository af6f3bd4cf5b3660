using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Queues;
using static Parley.Tests.Cast;

namespace Parley.Tests.Queues;

public sealed class RoutingTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<QueueName, IReadOnlySet<AgentId>> Queues = new()
    {
        [Support] = new HashSet<AgentId> { Bob, Carol },
        [PostProcessing] = new HashSet<AgentId>(),
    };

    [Fact]
    public void The_oldest_chat_goes_first() =>
        Assert.Equal([("first", Bob)], Pairs([Chat("first"), Chat("second")], new Candidate(Ready(Bob, 0), 1)));

    [Fact]
    public void The_agent_who_has_been_idle_longest_goes_first() =>
        Assert.Equal(
            [("first", Carol), ("second", Bob)],
            Pairs([Chat("first"), Chat("second")], new Candidate(Ready(Bob, 20), 3), new Candidate(Ready(Carol, 10), 3)));

    [Fact]
    public void Chats_are_spread_before_anybody_gets_a_second_one() =>
        Assert.Equal(
            [("first", Carol), ("second", Bob), ("third", Carol)],
            Pairs(
                [Chat("first"), Chat("second"), Chat("third")],
                new Candidate(Ready(Bob, 20), 1), new Candidate(Ready(Carol, 10), 3)));

    [Fact]
    public void Nobody_gets_more_than_the_capacity() =>
        Assert.Equal([("first", Bob)], Pairs([Chat("first"), Chat("second")], new Candidate(Ready(Bob, 0), 1)));

    [Fact]
    public void An_agent_who_is_not_ready_gets_nothing() => Assert.Empty(Pairs([Chat("first")], new Candidate(Agent.Away, 3)));

    [Fact]
    public void A_queue_that_nobody_serves_holds_nobody_else_up() =>
        Assert.Equal(
            [("second", Bob)], Pairs([Chat("first", PostProcessing), Chat("second")], new Candidate(Ready(Bob, 0), 3)));

    [Fact]
    public void Who_declined_is_passed_over_while_somebody_else_is_free() =>
        Assert.Equal(
            [("first", Carol)],
            Pairs([Declined("first", Bob)], new Candidate(Ready(Bob, 0), 3), new Candidate(Ready(Carol, 10), 3)));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Who_declined_and_is_alone_is_asked_again_after_the_pause(int seconds, bool asked)
    {
        var pairs = Routing.Pair(
            [Declined("first", Bob)], [new Candidate(Ready(Bob, 0), 3)], Serving, Noon.AddSeconds(seconds), Pause);

        Assert.Equal(asked, pairs.Any());
    }

    [Fact]
    public void The_last_agent_of_the_contact_is_asked_before_who_has_been_idle_longest() =>
        Assert.Equal(
            [("first", Bob)], Pairs([Chat("first", lastAgent: Bob)], Candidates));

    [Fact]
    public void A_contact_whose_last_agent_is_not_free_is_offered_to_another() =>
        Assert.Equal([("first", Carol)], Pairs([Chat("first", lastAgent: Bob)], new Candidate(Ready(Carol, 10), 3)));

    [Fact]
    public void A_last_agent_who_does_not_serve_the_queue_is_not_asked() =>
        Assert.Equal(
            [("first", Carol)],
            Pairs([Chat("first", lastAgent: Dave)], new Candidate(Ready(Dave, 0), 3), new Candidate(Ready(Carol, 10), 3)));

    [Fact]
    public void A_last_agent_who_declined_is_not_asked_before_others() =>
        Assert.Equal([("first", Carol)], Pairs([Declined("first", Bob, lastAgent: Bob)], Candidates));

    [Fact]
    public void A_last_agent_is_left_to_the_contact_while_somebody_else_is_free_for_older_chats() =>
        Assert.Equal(
            [("first", Carol), ("second", Bob)],
            Pairs(
                [Chat("first"), Chat("second", lastAgent: Bob)],
                new Candidate(Ready(Bob, 0), 1), new Candidate(Ready(Carol, 10), 1)));

    [Fact]
    public void An_older_chat_does_not_wait_so_that_a_contact_gets_its_last_agent() =>
        Assert.Equal([("first", Bob)], Pairs([Chat("first"), Chat("second", lastAgent: Bob)], new Candidate(Ready(Bob, 0), 1)));

    private static Candidate[] Candidates => [new(Ready(Bob, 20), 3), new(Ready(Carol, 10), 3)];

    private static IReadOnlySet<AgentId>? Serving(Line line) => Queues.GetValueOrDefault(line.Queue);

    private static IEnumerable<(string, AgentId)> Pairs(Chat[] waiting, params Candidate[] agents) =>
        Routing.Pair(waiting, agents, Serving, Noon, Pause).Select(p => (p.Chat.Id.Value, p.Agent)).ToArray();

    private static Chat Chat(string id, QueueName? queue = null, AgentId? lastAgent = null) => Parley.Chats.Chat.None.After(
        new RequestChat(
            new ChatId(id), "service", queue ?? Support, "Ada", "", "", UserDataRules.Empty, LastAgent: lastAgent));

    private static Chat Declined(string id, AgentId by, AgentId? lastAgent = null) => Chat(id, lastAgent: lastAgent).After(new Offer(by, Support, Noon)).After(new Reject(by));

    private static Agent Ready(AgentId id, int secondsAfterNoon)
    {
        var stamp = new Stamp(Noon.AddHours(-1).AddSeconds(secondsAfterNoon));
        return Agent.Away
            .Apply(new AgentSessionStarted(id, null), stamp)
            .Apply(new ChannelChanged(MediaChannel.Chat, Presence.Ready), stamp);
    }
}
