using Parley.Agents;
using Parley.Server.Hosting;
using Parley.Server.Notifications;

namespace Parley.Server.Accounts;

/// <summary>Logs out of HTTP sessions, on every node, with what listens in them.</summary>
internal sealed class SignOuts(HttpSessions sessions, Notifier notifier) : IHearsCommits
{
    public void Hear(AgentCommit commit)
    {
        foreach (var signedOut in commit.Events.OfType<SignedOut>())
        {
            // whose work is over is still told what becomes of the last of its chats
            if (sessions.EndNamed(commit.Id, signedOut.Session) && commit.After is { InSession: true } or { IsLive: false })
                notifier.Dismiss(commit.Id);
        }
    }
}
