using Parley.Agents;
using Parley.Bayeux;
using Parley.Chats;
using Parley.Server.Hosting;
using Parley.Server.Operation.Tracing;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Notifications;

/// <summary>
/// Tells agents what became durable, on every notification session each of them has open; who comes back and says what it
/// heard last, first what it missed.
/// </summary>
internal sealed class Notifier : IHearsCommits
{
    private readonly BayeuxServer server;
    private readonly Responsibility responsibility;
    private readonly Telling telling;
    private readonly RecentNews recent;

    public Notifier(BayeuxServer server, Responsibility responsibility, Telling telling, RecentNews recent)
    {
        (this.server, this.responsibility, this.telling, this.recent) = (server, responsibility, telling, recent);
        server.Subscribed += Resume;
    }

    public void RecallRecent(RecentCommits commits)
    {
        lock (recent.Gate) recent.Recall(commits);
    }

    public void Hear(ChatCommit commit)
    {
        lock (recent.Gate)
        {
            recent.Add(commit);
            foreach (var agent in commit.Concerned)
            {
                if (server.SessionsOf(agent.Value).Count == 0) continue;
                foreach (var told in telling.To(agent, commit)) Tell(ListenersOf(agent, told.Topic), told);
            }
        }
    }

    public void Hear(AgentCommit commit)
    {
        lock (recent.Gate)
        {
            recent.Add(commit);
            foreach (var hearer in responsibility.For(commit.Id).Append(commit.Id))
            {
                foreach (var told in Telling.To(hearer, commit)) Tell(ListenersOf(hearer, told.Topic), told);
            }
        }
        // whoever is logged out is still told what becomes of the last of its chats
        if (commit is { Before.IsLive: true, After.IsLive: false }) Dismiss(commit.Id);
    }

    /// <summary>Ends the notification sessions whose HTTP session is over, after what waits for them has been sent.</summary>
    public void Dismiss(AgentId agent)
    {
        foreach (var session in server.SessionsOf(agent.Value).Where(s => ListenerOf(s).Session.IsOver))
            server.Disconnect(session);
    }

    private static Listener ListenerOf(BayeuxSession session) => (Listener)session.State!;

    /// <summary>Tells who has just subscribed what it missed of the topics with which it goes on.</summary>
    private void Resume(BayeuxSession session, BayeuxMessage message, SubscribeResult result)
    {
        var listener = ListenerOf(session);
        lock (recent.Gate)
        {
            foreach (var (topic, resumed) in listener.Resumed.Where(r => r.Value.By == message).ToArray())
            {
                var isToldAll = false;
                try
                {
                    isToldAll = TryTellMissed(session, topic, resumed, result);
                }
                finally
                {
                    listener.Resumed.Remove(topic);
                    // it is to come back, and goes on from where it is, or is told that there is a gap
                    if (!isToldAll) server.Abandon(session);
                }
            }
        }
    }

    /// <summary>
    /// False if some of what came since it asked was given up meanwhile. Who was refused is told what it was not told since.
    /// </summary>
    private bool TryTellMissed(BayeuxSession session, ChannelName topic, Resumption resumed, SubscribeResult result)
    {
        if (recent.KeptAfter > resumed.Told) return false;
        if (!Hears(session, topic)) return true;
        if (result != SubscribeResult.Refused)
            foreach (var missed in resumed.Missed) server.PublishTo([session], missed);
        foreach (var told in recent.After(resumed.Told).SelectMany(c => telling.To(new AgentId(session.Principal), c)))
            if (told.Topic == topic) server.PublishTo([session], told.Event(ListenerOf(session)));
        return true;
    }

    /// <summary>Whether it may be told of a topic, also by a pattern.</summary>
    private static bool Hears(BayeuxSession session, ChannelName topic) =>
        !Topics.Interactions.Contains(topic) || session.HasSubscription(topic);

    /// <summary>
    /// The sessions of an agent that are to be told now. Those that know the server under the same address share the very same
    /// bytes.
    /// </summary>
    private List<IGrouping<(Links, Manner), BayeuxSession>> ListenersOf(AgentId agent, ChannelName topic) =>
    [
        .. server.SessionsOf(agent.Value)
            .Where(s => Hears(s, topic) && !ListenerOf(s).Resumed.ContainsKey(topic))
            .GroupBy(s => (ListenerOf(s).Links, ListenerOf(s).Manner)),
    ];

    private void Tell(List<IGrouping<(Links, Manner), BayeuxSession>> listeners, Told told)
    {
        if (listeners.Count == 0) return;
        using var span = Traces.Push(told.Topic.Text, listeners.Sum(group => group.Count()));
        foreach (var group in listeners) server.PublishTo(group, told.Event(ListenerOf(group.First())));
    }
}
