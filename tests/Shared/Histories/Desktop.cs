using Parley.Chats;

namespace Parley.Testing.Histories;

/// <summary>An agent's desktop that believes what it is told and never asks.</summary>
internal sealed class Desktop(AgentId agent)
{
    private readonly Dictionary<ChatId, (ChatView View, SortedDictionary<int, Entry> Entries)> open = [];

    public void Hear(IEnumerable<News> news)
    {
        foreach (var one in news) Hear(one);
    }

    /// <summary>What the desktop has equals what a fresh read would bring.</summary>
    public void AssertEqualsRefetch(IEnumerable<Chat> chats)
    {
        var mine = chats.Where(c => c.Part(agent) is { IsOver: false }).ToArray();
        Assert.Equal(mine.Select(c => c.Id.Value).Order(), open.Keys.Select(id => id.Value).Order());
        foreach (var chat in mine)
        {
            var (view, entries) = open[chat.Id];
            AssertSame(ChatView.Of(chat, agent)!, view);
            if (view.State != AgentChatState.Invited) Assert.Equal(Audience.EntriesFor(agent, chat), entries.Values);
        }
    }

    private void Hear(News news)
    {
        switch (news)
        {
            case News.StatusChanged { View.IsOver: true } over:
                Assert.True(open.Remove(over.View.Id), "the end of a chat that was never announced");
                Assert.Empty(over.View.Capabilities);
                break;
            case News.StatusChanged status:
                Show(status.View);
                break;
            case News.ParticipantsChanged participants:
                Assert.Contains(participants.View.Id, open.Keys);
                Show(participants.View);
                break;
            case News.PropertiesChanged properties:
                Assert.Contains(properties.View.Id, open.Keys);
                Show(properties.View);
                break;
            case News.NewEntries entries:
                Assert.True(open.ContainsKey(entries.Chat), "messages of a chat that was never announced, or has ended");
                Assert.Equal(entries.Entries.Select(e => e.Index).Order(), entries.Entries.Select(e => e.Index));
                foreach (var entry in entries.Entries.Where(e => e.Index != Entry.ServiceIndex))
                    open[entries.Chat].Entries[entry.Index] = entry;
                break;
            case News.HelpFailed failed:
                Assert.Contains(failed.View.Id, open.Keys);
                Show(failed.View);
                break;
            case News.TranscriptSaved saved:
                Assert.Equal(AgentChatState.LeftChat, open[saved.Chat].View.State);
                break;
        }
    }

    private void Show(ChatView view) => open[view.Id] = (view, open.TryGetValue(view.Id, out var known) ? known.Entries : []);

    private static void AssertSame(ChatView expected, ChatView actual)
    {
        Assert.Equal(expected.State, actual.State);
        Assert.Equal(expected.Capabilities, actual.Capabilities);
        Assert.Equal(expected.Participants, actual.Participants);
        Assert.Equal(expected.UserData, actual.UserData);
        Assert.Equal(expected.ReceivedAt, actual.ReceivedAt);
    }
}
