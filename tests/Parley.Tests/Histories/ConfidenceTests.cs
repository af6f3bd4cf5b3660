using System.Text.Json;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing;

namespace Parley.Tests.Histories;

/// <summary>
/// What one side must not know never reaches it: nobody is told, or can read, a word, a name or an id that an independent ledger
/// does not allow; and everybody can read all that it does.
/// </summary>
public sealed class ConfidenceTests
{
    [Fact]
    public void Nobody_is_told_or_can_read_what_was_not_meant_for_them() => Playing.Play(150, history =>
    {
        var witness = new Witness(history.Center);
        var touched = new HashSet<ChatId>();
        history.Center.Told = commit =>
        {
            touched.Add(commit.After.Id);
            var chat = witness.Of(commit.After.Id);
            foreach (var agent in history.Center.Agents.Keys)
            {
                foreach (var news in commit.NewsFor(agent)) Judge(chat, agent.Value, Text(news));
            }
        };
        return () =>
        {
            foreach (var id in touched) ReadAll(history.Center.Chats[id], witness.Of(id), history.Center);
            touched.Clear();
        };
    });

    private static void ReadAll(Chat chat, Confidences allowed, SmallCenter center)
    {
        Entry[] customers = [.. Audience.EntriesForCustomer(chat)];
        Judge(allowed, Confidences.Customer, string.Join('\n', customers.Select(e => Text(e with { From = Known(e.From) }))));
        Assert.Equal(allowed.WordsFor(Confidences.Customer), Words(customers));
        Assert.All(customers, e => Assert.True(e.From.Number > 0, "the customer is told of somebody without a number"));
        var numbers = customers.Select(e => e.From.Number).Distinct().ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);

        foreach (var agent in center.Agents.Keys) ReadAs(agent, chat, allowed);
    }

    private static void ReadAs(AgentId agent, Chat chat, Confidences allowed)
    {
        Entry[] entries = [.. Audience.EntriesFor(agent, chat)];
        var view = ChatView.Of(chat, agent);
        if (!allowed.Holders.Contains(agent.Value))
        {
            Assert.Empty(entries);
            Assert.True(view is null or { IsOver: true, Participants.IsEmpty: true, Capabilities.IsEmpty: true });
            return;
        }
        Judge(allowed, agent.Value, Text(view!) + string.Join('\n', entries.Select(Text)));
        Assert.Equal(allowed.WordsFor(agent.Value), Words(entries));
        var isInside = allowed.IsInside(agent.Value);
        var present = isInside ? allowed.PresentFor(agent.Value) : [];
        Assert.Equal(present.Order(), view!.Participants.Select(p => p.Nickname).Order());
        var mayWhisper = isInside && allowed.HasColleague(agent.Value) && allowed.StanceOf(agent.Value) != Stance.Silent;
        Assert.Equal(mayWhisper, view.Capabilities.Contains(nameof(SendToAgents)));
        // whoever a silent supervisor is hidden from must not find a hole where it would have been
        if (allowed.StanceOf(agent.Value) is Stance.Open or Stance.Advising)
            Assert.Equal(Enumerable.Range(1, chat.Transcript.Count), entries.Select(e => e.Index));
    }

    /// <summary>Of a party customers are shown side, number and name.</summary>
    private static Party Known(Party party) => party with { Agent = null };

    private static void Judge(Confidences allowed, string reader, string text)
    {
        var betrayed = allowed.Betrayed(reader, text).ToArray();
        Assert.True(betrayed.Length == 0, $"{reader} learns {string.Join(", ", betrayed)} from {text}");
    }

    private static IEnumerable<string> Words(IEnumerable<Entry> entries) =>
        entries.Select(e => e.Text).OfType<string>().Select(t => t[t.IndexOf("zq", StringComparison.Ordinal)..]);

    private static string Text(object told) => JsonSerializer.Serialize(told, told.GetType());
}
