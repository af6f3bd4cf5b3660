namespace Parley.Simulator.Measures;

/// <summary>How much agents had to do: how many chats at once, and for how long each.</summary>
internal sealed class Workload(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Chats, long Since)> byAgent = [];
    private TimeSpan busy, chatTime, handled;
    private int handlings;

    /// <summary>The mean number of chats of an agent who had any.</summary>
    public double Concurrency
    {
        get
        {
            lock (gate)
            {
                foreach (var agent in byAgent.Keys.ToArray()) Change(agent, 0);
                return busy == TimeSpan.Zero ? 0 : chatTime / busy;
            }
        }
    }

    /// <summary>Chats that were brought to their end by an agent.</summary>
    public int Handlings
    {
        get
        {
            lock (gate) return handlings;
        }
    }

    /// <summary>The mean time that a chat was on an agent's desk, from Accept to Complete.</summary>
    public TimeSpan Handling
    {
        get
        {
            lock (gate) return handlings == 0 ? TimeSpan.Zero : handled / handlings;
        }
    }

    /// <summary>The agent has a chat; the returned timestamp is for <see cref="Put"/>.</summary>
    public long Take(string agent)
    {
        lock (gate) Change(agent, 1);
        return time.GetTimestamp();
    }

    /// <summary>The chat is off the agent's desk.</summary>
    /// <param name="since">When it came there; null if it was cut short and is no measure.</param>
    public void Put(string agent, long? since)
    {
        lock (gate)
        {
            Change(agent, -1);
            if (since is not { } from) return;
            handled += time.GetElapsedTime(from);
            handlings++;
        }
    }

    private void Change(string agent, int by)
    {
        var now = time.GetTimestamp();
        var (chats, since) = byAgent.GetValueOrDefault(agent, (0, now));
        var passed = time.GetElapsedTime(since, now);
        chatTime += passed * chats;
        if (chats > 0) busy += passed;
        byAgent[agent] = (chats + by, now);
    }
}
