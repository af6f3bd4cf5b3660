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

    private static IReadOnlySet<AgentId>? Serving(Line line) => Queues.GetValueOrDefault(line.Queue);

    private static IEnumerable<(string, AgentId)> Pairs(Chat[] waiting, params Candidate[] agents) =>
        Routing.Pair(waiting, agents, Serving, Noon, Pause).Select(p => (p.Chat.Id.Value, p.Agent)).ToArray();

    private static Chat Chat(string id, QueueName? queue = null) => Parley.Chats.Chat.None.After(
        new RequestChat(new ChatId(id), "service", queue ?? Support, "Ada", "", "", UserDataRules.Empty));

    private static Chat Declined(string id, AgentId by) => Chat(id).After(new Offer(by, Support, Noon)).After(new Reject(by));

    private static Agent Ready(AgentId id, int secondsAfterNoon)
    {
        var stamp = new Stamp(Noon.AddHours(-1).AddSeconds(secondsAfterNoon));
        return Agent.Away
            .Apply(new AgentSessionStarted(id, null), stamp)
            .Apply(new ChannelChanged(MediaChannel.Chat, Presence.Ready), stamp);
    }
}
