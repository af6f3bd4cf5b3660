using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>Who reads a chat, and how far the address reaches.</summary>
internal sealed record ChatReader(SignedInUser Me, Reach Reach, Responsibility Responsibility)
{
    /// <summary>The chat as the reader sees it; null where there is none for this reader.</summary>
    public ChatView? ViewOf(Chat chat) =>
        IsOn(chat) ? ChatView.Of(chat, Me.Id)
        : Reach == Reach.Supervised && Responsibility.WhomOf(Me.User, chat) is { } agent ? Onlooker(chat, agent)
        : null;

    /// <summary>The entries that the reader may read.</summary>
    public IEnumerable<Entry> EntriesOf(Chat chat, int start) =>
        IsOn(chat) ? Audience.EntriesFor(Me.Id, chat, start) : Audience.EntriesFor(Clearance.Supervisor, chat, start);

    /// <summary>Reading is all that can be done at this address by who is not on the chat.</summary>
    private ChatView? Onlooker(Chat chat, AgentId agent) =>
        ChatView.Over(chat, agent, Me.Id) is { } view ? view with { Capabilities = [] } : null;

    private bool IsOn(Chat chat) => chat.Part(Me.Id) is { IsOver: false };
}

/// <summary>Which chats an address leads to.</summary>
internal enum Reach
{
    /// <summary>Those that the caller is on.</summary>
    Own,

    /// <summary>Also those of the agents whom the caller is responsible for.</summary>
    Supervised,
}
