using Parley.Chats;

namespace Parley.Tests.Histories;

/// <summary>What holds of the order of what each agent is told, and of the numbers on it.</summary>
public sealed class NewsOrderTests
{
    [Fact]
    public void Indexes_rise_and_nothing_follows_the_end() => Playing.Play(80, history =>
    {
        var ears = history.Center.Agents.Keys.ToDictionary(a => a, a => new Ear(a));
        history.Center.Told = commit =>
        {
            foreach (var (agent, ear) in ears)
            {
                foreach (var news in commit.NewsFor(agent)) ear.Hear(news, commit);
            }
        };
        return () => { };
    });

    [Fact]
    public void The_number_of_a_request_is_told_to_its_requester_alone() => Playing.Play(80, history =>
    {
        var numbers = new Dictionary<AgentId, HashSet<int>>();
        history.Center.Told = commit =>
        {
            if (commit.Stamp is { Requester: { } requester, ReferenceId: { } number })
            {
                if (!numbers.TryGetValue(requester, out var own)) numbers[requester] = own = [];
                own.Add(number);
            }
            foreach (var agent in history.Center.Agents.Keys)
            {
                foreach (var news in commit.NewsFor(agent)) CheckNumber(agent, news, commit, numbers);
            }
        };
        return () => { };
    });

    private static void CheckNumber(
        AgentId agent, News news, ChatCommit commit, Dictionary<AgentId, HashSet<int>> numbers)
    {
        var told = news switch
        {
            News.StatusChanged s => s.ReferenceId,
            News.ParticipantsChanged p => p.ReferenceId,
            News.PropertiesChanged p => p.ReferenceId,
            News.HelpFailed f => f.ReferenceId,
            _ => null,
        };
        if (news is News.HelpFailed) Assert.NotNull(told);
        if (told is not { } number) return;
        Assert.Contains(number, numbers[agent]);
        // a number from before comes back when help comes, or does not
        if (commit.Stamp.Requester != agent || commit.Stamp.ReferenceId != number)
            Assert.True(
                news is News.HelpFailed || (news is News.ParticipantsChanged && commit.Events.Any(e => e is AgentJoined)),
                $"{agent} is told {number} with {news}");
    }

    /// <summary>What an agent has heard of each chat: the last index, as long as it is on the chat.</summary>
    private sealed class Ear(AgentId agent)
    {
        private readonly Dictionary<ChatId, int> last = [];

        public void Hear(News news, ChatCommit commit)
        {
            var chat = commit.After.Id;
            switch (news)
            {
                case News.StatusChanged { View.IsOver: true }:
                    Assert.True(last.Remove(chat), "an end without a beginning");
                    break;
                case News.StatusChanged { View.State: AgentChatState.LeftChat }:
                    Assert.Contains(chat, last.Keys);
                    break;
                case News.StatusChanged:
                    last[chat] = 0; // the whole history follows a joining
                    break;
                case News.NewEntries when commit.Events.Any(e => e is HistoryRequested h && h.Agent == agent):
                    break;
                case News.NewEntries entries:
                    foreach (var entry in entries.Entries.Where(e => e.Index != Entry.ServiceIndex))
                    {
                        Assert.True(entry.Index > last[chat], $"{agent} is told {entry.Index} after {last[chat]}");
                        last[chat] = entry.Index;
                    }
                    break;
                default:
                    Assert.Contains(chat, last.Keys);
                    break;
            }
        }
    }
}
