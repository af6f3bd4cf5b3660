namespace Parley.Bayeux;

/// <summary>How many bytes wait in the queues of all sessions together, an event that waits in several counted once.</summary>
internal sealed class Backlog
{
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public void Added(BayeuxEvent e)
    {
        if (e.CountIn() == 1) Interlocked.Add(ref bytes, e.Length);
    }

    public void Removed(BayeuxEvent e)
    {
        if (e.CountOut() == 0) Interlocked.Add(ref bytes, -e.Length);
    }
}
