using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing.Histories;

namespace Parley.Tests.Histories;

/// <summary>What holds after every step of every history. The seed of a failure is in its message.</summary>
public sealed class HistoryTests
{
    private const int Histories = 120;

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
    public void Both_sides_agree_on_who_has_which_chat_and_whether_it_counts() => Check(history =>
    {
        foreach (var (id, agent) in history.Center.Agents)
        {
            var mine = history.Center.Chats.Values.Where(c => c.Part(id) is { IsOver: false }).ToArray();
            Assert.Equal(
                mine.Select(c => c.Id.Value).Order(StringComparer.Ordinal),
                agent.Chats.Select(c => c.Value).Order(StringComparer.Ordinal));
            Assert.Equal(
                mine.Where(c => !c.Part(id)!.Role.Serves()).Select(c => c.Id.Value).Order(),
                agent.Attended.Select(c => c.Value).Order());
        }
    });

    [Fact]
    public void Nobody_is_offered_more_than_the_capacity()
    {
        Check(history =>
        {
            history.Center.Told = commit => Assert.All(
                commit.Events.OfType<AgentInvited>(),
                i => Assert.True(history.Center.Agents[i.Agent].Load <= SmallCenter.Capacity || !i.As.Serves()));
            return () => { };
        });
    }

    [Fact]
    public void A_chat_is_in_one_place_with_one_owner_and_strands_nobody() => Check(history =>
    {
        foreach (var chat in history.Center.Chats.Values)
        {
            var attached = chat.Attached.ToArray();
            Assert.Equal(chat.Place is Place.Offered or Place.WithAgents or Place.AfterChatWork, attached.Length > 0);
            Assert.Equal(attached.Length > 0 ? 1 : 0, attached.Count(p => p.Role == ChatRole.Owner));
            Assert.Equal(chat.Place == Place.WithAgents, chat.Serving.Any());
            Assert.False(chat.Place == Place.Done && chat.CustomerPresent, "a customer is stranded in a chat that is done");
            Assert.False(!chat.CustomerPresent && attached.Any(p => p.IsChatting), "somebody talks to nobody");
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

    private static void Check(Action<History> afterEveryStep) => Check(history => () => afterEveryStep(history));

    private static void Check(Func<History, Action> prepare) => Playing.Play(Histories, prepare);
}
