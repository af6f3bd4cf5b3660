using Parley.Agents;
using Parley.Bayeux;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Nodes;

namespace Parley.Server.Notifications;

/// <summary>Whether a listener can go on where it stopped. What cannot be made up for is said: it reads the state anew then.</summary>
internal sealed class Resume(RecentNews recent, AgentHost agents, IEventLog log, Freshness freshness)
{
    /// <summary>Notes from where a listener goes on with the topics under a name that it subscribes to.</summary>
    /// <returns>Why it cannot; null if it can.</returns>
    public async ValueTask<Permission?> Prepare(BayeuxSession session, ChannelName name, BayeuxMessage message)
    {
        if (session.State is not Listener { Manner: Manner.Numbered } listener) return null;
        foreach (var topic in Topics.Under(name))
        {
            if (ReplayId.In(message, topic, name) is not { } from || from == ReplayId.OnlyNew) continue;
            try
            {
                if (from != ReplayId.AllThereIs && !await IsWithin(from, topic, new AgentId(session.Principal))) return Gap(from);
            }
            catch (LogUnavailableException)
            {
                return Permission.Failed("503::What was missed cannot be known now, subscribe again soon");
            }
            lock (recent.Gate) listener.Resumed[topic] = new Resumption(from, recent.End);
        }
        return null;
    }

    /// <summary>Whether everything after a notification is kept here, or there was nothing.</summary>
    private async Task<bool> IsWithin(ReplayId from, ChannelName topic, AgentId agent)
    {
        await freshness.CatchUp(); // the number may come from a node that was told more
        long after, end;
        lock (recent.Gate) (after, end) = (recent.After, recent.End);
        if (from.Value < 0 || from.Position > end) return false;
        return from.Position > after || (topic != Topics.Users && await NewestOf(agent) <= from.Position);
    }

    /// <summary>The position of the last event that may have concerned an agent: of its own, and of the chats that it has.</summary>
    private async Task<long> NewestOf(AgentId agent)
    {
        var newest = await NewestIn(StreamKind.Agent.Prefix + agent.Value);
        foreach (var chat in agents.Find(agent).Chats) newest = Math.Max(newest, await NewestIn(StreamKind.Chat.Prefix + chat.Value));
        return newest;
    }

    private async Task<long> NewestIn(string stream)
    {
        var version = await log.VersionAsync(stream);
        return version == 0 ? 0 : (await log.ReadAsync(stream, version - 1))[^1].Position;
    }

    private static Permission Gap(ReplayId from) => Permission.Failed(
        $"400::The replayId {{{from.Value}}} lies outside of what is kept. Read the state anew and subscribe with -1");
}
