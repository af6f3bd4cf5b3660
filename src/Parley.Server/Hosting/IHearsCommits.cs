using Parley.Agents;
using Parley.Chats;

namespace Parley.Server.Hosting;

/// <summary>
/// Somebody who acts on what is durable: told every command once, in commit order, and never before it is stored.
/// What is left out is of no concern to it.
/// </summary>
internal interface IHearsCommits
{
    /// <summary>At the start, what is live.</summary>
    void Recall(Chat chat)
    {
    }

    /// <inheritdoc cref="Recall(Chat)"/>
    void Recall(Agent agent)
    {
    }

    /// <summary>
    /// At the start, what was committed lately and told already, by whichever node: in order, and whole after a position.
    /// </summary>
    void RecallRecent(RecentCommits recent)
    {
    }

    /// <summary>Hears what a command did to a chat; returns at once.</summary>
    void Hear(ChatCommit commit)
    {
    }

    /// <summary>Hears what a command did to an agent; returns at once.</summary>
    void Hear(AgentCommit commit)
    {
    }
}
