using Parley.Agents;
using Parley.Bayeux;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Nodes;

namespace Parley.Server.Notifications;

/// <summary>
/// Whether a listener can go on where it stopped. What cannot be made up for is said: it reads the state anew then.
/// </summary>
internal sealed class Resume(
    RecentNews recent, Telling telling, AgentHost agents, IEventLog log, Freshness freshness, NotificationOptions options)
{
    /// <summary>Notes from where a listener goes on with the topics under a name that it subscribes to.</summary>
    /// <returns>Why it cannot; null if it can.</returns>
    public async ValueTask<Permission?> Prepare(BayeuxSession session, ChannelName name, BayeuxMessage message)
    {
        if (session.State is not Listener { Manner: Manner.Numbered } listener) return null;
        var agent = new AgentId(session.Principal);
        foreach (var topic in Topics.Under(name))
        {
            if (ReplayId.In(message, topic, name) is not { } from || from == ReplayId.OnlyNew) continue;
            try
            {
                var isQuiet = from == ReplayId.AllThereIs || await IsQuietSince(from, topic, agent);
                lock (recent.Gate)
                {
                    if (listener.Resumed.TryGetValue(topic, out var other) && other.By != message) return Busy;
                    if (!isQuiet && !IsKept(from, topic)) return Gap(from);
                    if (Missed(session, listener, topic, from) is not { } missed) return TooMuch(from);
                    listener.Resumed[topic] = new Resumption(missed, recent.End, message);
                }
            }
            catch (LogUnavailableException)
            {
                return Busy;
            }
        }
        return null;
    }

    /// <summary>
    /// Whether it is in the log that nothing can have been told since a notification, however long that is ago.
    /// </summary>
    private async Task<bool> IsQuietSince(ReplayId from, ChannelName topic, AgentId agent)
    {
        await freshness.CatchUp(); // the number may come from a node that was told more
        lock (recent.Gate)
        {
            if (from.Value < 0 || from.Position > recent.End || topic == Topics.Users || IsKept(from, topic)) return false;
        }
        return await NewestOf(agent) <= from.Position;
    }

    /// <summary>Whether everything that was told after a notification is kept here.</summary>
    private bool IsKept(ReplayId from, ChannelName topic) =>
        from.Value >= 0 && from.Position <= recent.End && from.Position > recent.KeptAfter
        && (topic != Topics.Users || from.Position >= recent.AgentsAfter);

    /// <summary>
    /// What a listener has missed of a topic; null if it is so much that its queue would be full, with what waits in it already
    /// and what it missed of other topics: the session would end, and ask again.
    /// </summary>
    private List<BayeuxEvent>? Missed(BayeuxSession session, Listener listener, ChannelName topic, ReplayId from)
    {
        var missed = new List<BayeuxEvent>();
        var others = listener.Resumed.Where(r => r.Key != topic).SelectMany(r => r.Value.Missed).ToList();
        var (count, bytes) = session.Waiting;
        count += others.Count;
        bytes += others.Sum(e => e.Length);
        var agent = new AgentId(session.Principal);
        // half of the queue is left for what comes meanwhile
        var room = (options.MaxQueue / 2) - count;
        var all = recent.After(from.Position - 1).SelectMany(c => telling.To(agent, c))
            .Where(told => told.Topic == topic && told.Id.Value > from.Value).Take(Math.Max(0, room) + 1).ToList();
        if (all.Count > room) return null;
        foreach (var told in all)
        {
            missed.Add(told.Event(listener));
            bytes += missed[^1].Length;
            if (count + missed.Count > 1 && bytes > options.MaxQueueBytes / 2) return null;
        }
        return missed;
    }

    /// <summary>
    /// The position of the last event that may have concerned an agent: of its own, and of the chats that it has.
    /// </summary>
    private async Task<long> NewestOf(AgentId agent)
    {
        var newest = await NewestIn(StreamKind.Agent.Prefix + agent.Value);
        foreach (var chat in agents.Find(agent).Chats)
            newest = Math.Max(newest, await NewestIn(StreamKind.Chat.Prefix + chat.Value));
        return newest;
    }

    private async Task<long> NewestIn(string stream)
    {
        var version = await log.VersionAsync(stream);
        return version == 0 ? 0 : (await log.ReadAsync(stream, version - 1))[^1].Position;
    }

    private static Permission Busy => Permission.Failed("503::What was missed cannot be known now, subscribe again soon");

    private static Permission TooMuch(ReplayId from) => Permission.Failed(
        $"400::The replayId {{{from.Value}}} has more behind it than is sent at once. Read the state anew and subscribe with -1");

    private static Permission Gap(ReplayId from) => Permission.Failed(
        $"400::The replayId {{{from.Value}}} lies outside of what is kept. Read the state anew and subscribe with -1");
}
