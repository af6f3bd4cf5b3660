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
    RecentNews recent, AgentHost agents, IEventLog log, Freshness freshness, NotificationOptions options)
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
                    if ((!isQuiet && !IsKept(from, topic)) || IsTooMuch(from, topic, agent)) return Gap(from);
                    var needed = isQuiet ? recent.End : from.Position - 1;
                    listener.Resumed[topic] = new Resumption(from, recent.End, needed, message);
                }
            }
            catch (LogUnavailableException)
            {
                return Permission.Failed("503::What was missed cannot be known now, subscribe again soon");
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
        from.Value >= 0 && from.Position <= recent.End && from.Position > recent.After
        && (topic != Topics.Users || from.Position >= recent.AgentsAfter);

    /// <summary>Whether so much would be sent at once that the session's queue were full: it would end, and ask again.</summary>
    private bool IsTooMuch(ReplayId from, ChannelName topic, AgentId agent) =>
        recent.From(from.Position).Count(c =>
            topic == Topics.Users ? c.Agent is not null
            : c.Chat is { } chat ? chat.Concerned.Contains(agent) : c.Agent!.Id == agent) > options.MaxQueue / 2;

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

    private static Permission Gap(ReplayId from) => Permission.Failed(
        $"400::The replayId {{{from.Value}}} lies outside of what is kept. Read the state anew and subscribe with -1");
}
