using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>Stores batches of appends, one transaction each. Used by one thread at a time.</summary>
/// <remarks>
/// What becomes of a transaction whose commit failed is not known. So after any failure the connection is thrown away, and what
/// is remembered of streams with it; the next batch opens another, looks where the log ends, and goes on from there.
/// </remarks>
internal sealed class BatchWriter : IDisposable
{
    private readonly string path;
    private readonly SqliteLogOptions options;
    private readonly LogTail tail;
    private readonly RecentHeads heads;
    private readonly List<LogEvent> stored = [];
    private WriteStatements? write;
    private long position;

    public BatchWriter(string path, SqliteLogOptions options, LogTail tail, WriteStatements write)
    {
        (this.path, this.options, this.tail, this.write) = (path, options, tail, write);
        heads = new RecentHeads(options.CachedHeads);
        position = tail.End;
    }

    /// <summary>Makes the batch durable, then tells followers.</summary>
    /// <exception cref="LogUnavailableException">None of it may be acknowledged.</exception>
    public void Store(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            write ??= Reopen();
            StoreIn(write, batch);
        }
        catch (SqliteException e)
        {
            Abandon();
            throw e.AsUnavailable(path);
        }
        catch
        {
            Abandon();
            throw;
        }
        if (stored.Count > 0) tail.Publish([.. stored]);
    }

    public void Dispose() => write?.Dispose();

    private void StoreIn(WriteStatements to, IReadOnlyList<PendingAppend> batch)
    {
        stored.Clear();
        to.Begin();
        foreach (var pending in batch) pending.Outcome = Store(to, pending.Append);
        if (stored.Count > 0) to.Commit();
        else to.Rollback();
    }

    private AppendOutcome Store(WriteStatements to, Append append)
    {
        var ends = new StreamHead[append.Streams.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = Head(to, append.Streams[i].Stream);
            if (ends[i].Version > 0 && to.HasCommand(ends[i].StreamId, append.CommandId)) return AppendOutcome.Repeated;
        }
        for (var i = 0; i < ends.Length; i++)
            if (ends[i].Version != append.Streams[i].ExpectedVersion)
                return AppendOutcome.Stale;

        for (var i = 0; i < ends.Length; i++)
            Store(to, append.CommandId, append.Streams[i], ends[i], isLast: i == ends.Length - 1);
        return AppendOutcome.Stored;
    }

    private void Store(WriteStatements to, string commandId, StreamAppend part, StreamHead head, bool isLast)
    {
        var streamId = head.Version > 0 ? head.StreamId : to.AddStream(part.Stream);
        var version = head.Version;
        foreach (var (type, data) in part.Events)
        {
            var e = new LogEvent(part.Stream, ++version, ++position, type, data, commandId);
            to.AddEvent(streamId, e, endsCommand: isLast && version == head.Version + part.Events.Count);
            stored.Add(e);
        }
        heads[part.Stream] = new StreamHead(streamId, version);
        if (part.Life == StreamLife.Begins) to.SetLife(streamId, part.ExpectedVersion + 1);
        if (part.Life == StreamLife.Ends) to.SetLife(streamId, null);
    }

    private StreamHead Head(WriteStatements to, string stream)
    {
        if (!heads.TryGet(stream, out var head) && to.FindHead(stream) is { } found) heads[stream] = head = found;
        return head;
    }

    private WriteStatements Reopen()
    {
        var opened = new WriteStatements(path, options);
        try
        {
            position = opened.End();
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        tail.RestartAt(position);
        return opened;
    }

    private void Abandon()
    {
        heads.Clear();
        var failed = write;
        write = null;
        try
        {
            failed?.Dispose();
        }
        catch (SqliteException)
        {
            // The failure that led here is the one to report.
        }
    }
}
