using System.Collections.Concurrent;
using Parley.Agents;
using Parley.Bayeux;
using Parley.Server.Nodes;

namespace Parley.Server.Hosting;

/// <summary>
/// Notices that an agent has disappeared: no notifications open and no request for a while. A reload of the page or a change of
/// network loses nothing; after the grace the agent's session ends, and its customers go back to their queues.
/// </summary>
internal sealed class AgentPresence : IHearsCommits, IDisposable
{
    private readonly ConcurrentDictionary<AgentId, Seen> seen = new();
    private readonly ConcurrentDictionary<AgentId, DateTimeOffset> watched = new();
    private readonly BayeuxServer notifications;
    private readonly AgentHost agents;
    private readonly Deadlines deadlines;
    private readonly Duties duties;
    private readonly TimeProvider time;
    private readonly RoutingOptions options;
    private readonly Sightings sightings;

    // who went first is gone first, however long the other nodes' word of each takes
    private readonly SemaphoreSlim oneAfterTheOther = new(1, 1);

    public AgentPresence(
        BayeuxServer notifications, AgentHost agents, Deadlines deadlines, Duties duties, Sightings sightings,
        TimeProvider time, RoutingOptions options)
    {
        (this.notifications, this.agents, this.deadlines, this.duties, this.sightings, this.time, this.options) =
            (notifications, agents, deadlines, duties, sightings, time, options);
        sightings.Include(() => seen.Keys.Where(Listens).Select(Listener));
        notifications.SessionStarted += session => Note(new AgentId(session.Principal), Sign.Notifications);
        notifications.SessionEnded += (session, _) => Note(new AgentId(session.Principal), Sign.Notifications);
    }

    /// <summary>The agent made a request.</summary>
    public void Note(AgentId agent)
    {
        Note(agent, Sign.Request);
        sightings.Saw(Asker(agent));
    }

    /// <summary>After a restart nobody is connected yet: who had work has the grace to come back.</summary>
    public void Recall(Agent agent)
    {
        if (!agent.InSession) return;
        seen[agent.Id] = new Seen(time.GetUtcNow(), Manner.Unknown);
        Watch(agent.Id);
    }

    public void Hear(AgentCommit commit)
    {
        if (!commit.Before.InSession && commit.After.InSession)
        {
            Note(commit.Id, Sign.Request);
            Watch(commit.Id);
        }
        else if (!commit.After.InSession)
        {
            seen.TryRemove(commit.Id, out _);
        }
    }

    public void Dispose() => oneAfterTheOther.Dispose();

    private void Note(AgentId agent, Sign sign)
    {
        var now = time.GetUtcNow();
        var shown = sign == Sign.Notifications ? Manner.Listens : Manner.Polls;
        seen.AddOrUpdate(
            agent, new Seen(now, shown), (_, last) => new Seen(now, last.Manner == Manner.Listens ? Manner.Listens : shown));
        if (sign == Sign.Notifications) Watch(agent);
    }

    /// <summary>One look at a time is planned for each agent; a later sign of life moves the next one.</summary>
    private void Watch(AgentId agent)
    {
        var when = Deadline(agent);
        if (watched.TryGetValue(agent, out var planned) && planned <= when) return;
        LookAt(agent, when);
    }

    private void LookAt(AgentId agent, DateTimeOffset when)
    {
        watched[agent] = when;
        deadlines.At(when, () => Look(agent, when));
    }

    /// <summary>When to look; who is here by requests alone may listen at another node, and have to be back there soon.</summary>
    private DateTimeOffset Deadline(AgentId agent)
    {
        var last = LastSeen(agent);
        var isPatient = last.Manner == Manner.Polls && !sightings.AreShared;
        return last.At + (isPatient ? options.SilenceWithoutNotifications : options.DisappearanceGrace);
    }

    private Seen LastSeen(AgentId agent) => seen.GetValueOrDefault(agent, new Seen(time.GetUtcNow(), Manner.Polls));

    private void Look(AgentId agent, DateTimeOffset planned)
    {
        if (!watched.TryRemove(KeyValuePair.Create(agent, planned))) return;
        if (!agents.Find(agent).InSession || Listens(agent)) return;
        if (Deadline(agent) > time.GetUtcNow()) Watch(agent);
        else _ = duties.Do(() => EndUnlessElsewhere(agent), again => LookAt(agent, again));
    }

    /// <summary>Ends the session of an agent, unless another node has seen it lately: then it is looked at again.</summary>
    private async Task<bool> EndUnlessElsewhere(AgentId agent)
    {
        await oneAfterTheOther.WaitAsync();
        try
        {
            return await EndIfNowhere(agent);
        }
        finally
        {
            oneAfterTheOther.Release();
        }
    }

    private async Task<bool> EndIfNowhere(AgentId agent)
    {
        var (listened, asked) = (await sightings.Elsewhere(Listener(agent)), await sightings.Elsewhere(Asker(agent)));
        var here = LastSeen(agent);
        var silent = time.GetUtcNow() - here.At;
        if (here.Manner == Manner.Polls) asked = Later(asked, silent);
        else listened = Later(listened, silent);
        // whoever listened long ago has gone over to asking
        var rest = listened is { } since && since < options.SilenceWithoutNotifications
            ? options.DisappearanceGrace - (asked < since ? asked.Value : since)
            : options.SilenceWithoutNotifications - asked;
        if (rest is not { } left || left <= TimeSpan.Zero) return await End(agent);
        if (sightings.AreShared && left > options.DisappearanceGrace) left = options.DisappearanceGrace;
        LookAt(agent, time.GetUtcNow() + left);
        return true;
    }

    private static TimeSpan Later(TimeSpan? elsewhere, TimeSpan here) => elsewhere < here ? elsewhere.Value : here;

    private bool Listens(AgentId agent) => notifications.SessionsOf(agent.Value).Count > 0;

    private static string Listener(AgentId agent) => $"listener/{agent}";

    private static string Asker(AgentId agent) => $"agent/{agent}";

    private async Task<bool> End(AgentId agent) =>
        await agents.Execute(agent, new EndContactCenterSession(SessionEndReason.Disappeared))
            is not { Reason: Reason.Unavailable };

    private enum Sign
    {
        Request,
        Notifications,
    }

    /// <summary>How an agent keeps in touch.</summary>
    private enum Manner
    {
        /// <summary>Not heard of since the server started.</summary>
        Unknown,

        /// <summary>By requests alone.</summary>
        Polls,

        /// <summary>By a notification session.</summary>
        Listens,
    }

    private readonly record struct Seen(DateTimeOffset At, Manner Manner);
}
