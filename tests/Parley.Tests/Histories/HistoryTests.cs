using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests.Histories;

/// <summary>What holds after every step of every history. The seed of a failure is in its message.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Histories = 200;
    private const int Length = 120;

    [Fact]
    public void CapabilitiesAgreeWithDecisions() => Check(history =>
    {
        foreach (var chat in history.Center.Chats.Values)
        {
            foreach (var agent in history.Center.Agents.Keys)
            {
                var capabilities = Capabilities.Of(chat, agent);
                foreach (var operation in History.AllOperations(agent))
                {
                    var refused = operation.Decide(chat).Refused;
                    Assert.True(
                        capabilities.Contains(operation.Name) == refused is null,
                        $"{operation.Name} is {(refused is null ? "accepted" : "refused")} against "
                        + string.Join(',', capabilities));
                }
            }
        }
    });

    [Fact]
    public void NotificationsEqualRefetch()
    {
        Check(
            history =>
            {
                var desktops = history.Center.Agents.Keys.ToDictionary(a => a, a => new Desktop(a));
                history.Center.Told = commit =>
                {
                    foreach (var (agent, desktop) in desktops) desktop.Hear(commit.NewsFor(agent));
                };
                return () =>
                {
                    foreach (var desktop in desktops.Values) desktop.AssertEqualsRefetch(history.Center.Chats.Values);
                };
            });
    }

    [Fact]
    public void Everyone_with_a_view_is_among_those_a_commit_concerns()
    {
        Check(history =>
        {
            history.Center.Told = commit => Assert.Empty(
                history.Center.Agents.Keys.Except(commit.Concerned).SelectMany(agent => commit.NewsFor(agent)));
            return () => { };
        });
    }

    [Fact]
    public void Capacity_is_never_exceeded_and_both_sides_agree_on_who_has_which_chat() => Check(history =>
    {
        foreach (var (id, agent) in history.Center.Agents)
        {
            Assert.True(agent.Chats.Count <= SmallCenter.Capacity);
            Assert.Equal(
                history.Center.Chats.Values.Where(c => c.Part(id) is { IsOver: false })
                    .Select(c => c.Id.Value).Order(StringComparer.Ordinal),
                agent.Chats.Select(c => c.Value).Order(StringComparer.Ordinal));
        }
    });

    [Fact]
    public void A_chat_is_in_one_place_and_with_one_agent_at_most() => Check(history =>
    {
        foreach (var chat in history.Center.Chats.Values)
        {
            var live = chat.Agents.Values.Count(p => !p.IsOver);
            Assert.Equal(chat.Place is Place.Offered or Place.WithAgents or Place.AfterChatWork ? 1 : 0, live);
            Assert.Equal(chat.Place == Place.WithAgents, chat.Agents.Values.Any(p => p.State == AgentChatState.Chatting));
            Assert.False(chat.Place == Place.Done && chat.CustomerPresent, "a customer is stranded in a chat that is done");
        }
    });

    [Fact]
    public void Indexes_start_at_one_have_no_holes_and_never_change()
    {
        Check(history =>
        {
            history.Center.Told = commit =>
            {
                var entries = commit.After.Transcript.From(1).ToArray();
                Assert.Equal(Enumerable.Range(1, entries.Length), entries.Select(e => e.Index));
                Assert.Equal(commit.Before.Transcript.From(1), entries.Take(commit.Before.Transcript.Count));
            };
            return () => { };
        });
    }

    [Fact]
    public void A_refusal_leaves_no_event() => Check(history =>
    {
        foreach (var chat in history.Center.Chats.Values)
        {
            foreach (var agent in history.Center.Agents.Keys)
                Assert.All(
                    History.AllOperations(agent).Select(o => o.Decide(chat)).Where(d => d.Refused is not null),
                    d => Assert.Empty(d.Events));
        }
    });

    [Fact]
    public void Histories_reach_every_state_and_every_place()
    {
        var states = new HashSet<AgentChatState>();
        var places = new HashSet<Place>();
        Check(history =>
        {
            places.UnionWith(history.Center.Chats.Values.Select(c => c.Place));
            states.UnionWith(history.Center.Chats.Values.SelectMany(c => c.Agents.Values).Select(p => p.State));
        });

        Assert.Equal(Enum.GetValues<AgentChatState>().Order(), states.Order());
        Assert.Equal(Enum.GetValues<Place>().Order(), places.Order());
    }

    private void Check(Action<History> afterEveryStep) => Check(history => () => afterEveryStep(history));

    private void Check(Func<History, Action> prepare)
    {
        var first = Environment.TickCount;
        output.WriteLine($"Seeds {first} to {first + Histories - 1}");
        for (var seed = first; seed < first + Histories; seed++)
        {
            var history = new History(seed);
            var afterEveryStep = prepare(history);
            try
            {
                for (var step = 0; step < Length; step++)
                {
                    history.Step();
                    afterEveryStep();
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed} after:\n{string.Join('\n', history.Steps.TakeLast(20))}\n{e.Message}");
            }
        }
    }
}
