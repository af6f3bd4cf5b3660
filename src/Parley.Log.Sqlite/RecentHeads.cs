namespace Parley.Log.Sqlite;

/// <summary>Where a stream ends: its number in the database and the version of its last event.</summary>
internal readonly record struct StreamHead(long StreamId, int Version);

/// <summary>
/// The heads of the streams written lately, at most twice a bound. The older half is forgotten at once when the newer is full.
/// </summary>
internal sealed class RecentHeads(int bound)
{
    private Dictionary<string, StreamHead> newer = [];
    private Dictionary<string, StreamHead> older = [];

    public StreamHead this[string stream]
    {
        set
        {
            if (newer.Count >= bound) (older, newer) = (newer, []);
            newer[stream] = value;
        }
    }

    public bool TryGet(string stream, out StreamHead head) =>
        newer.TryGetValue(stream, out head) || older.TryGetValue(stream, out head);

    /// <summary>Forgets all, because what was written last may not have been stored.</summary>
    public void Clear()
    {
        newer.Clear();
        older.Clear();
    }
}
