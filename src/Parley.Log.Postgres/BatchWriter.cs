using System.Diagnostics;
using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>Stores batches of appends, one call each. Used by one thread at a time.</summary>
/// <remarks>
/// A call is one statement and commits by itself: a node that is frozen or cut off in the middle of it holds nobody up. What
/// becomes of it when its connection breaks is not known, so it is made again: what was stored is answered as repeated then.
/// </remarks>
internal sealed class BatchWriter(PostgresLogOptions options, CommittedTail tail) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource source = Database.Single(options);
    private readonly ManualResetEventSlim closing = new();
    private NpgsqlConnection? connection;
    private bool isOnlyHere;
    private long? brokenSince;

    /// <summary>Makes the batch durable, then tells followers.</summary>
    /// <exception cref="LogUnavailableException">None of it may be acknowledged.</exception>
    public void Store(IReadOnlyList<PendingAppend> pending)
    {
        foreach (var batch in Batch.Of(pending))
        {
            while (!TryStore(batch)) closing.Wait(Pause);
        }
    }

    /// <summary>Makes no more attempts: what has not been stored by now is refused.</summary>
    public void StopRetrying() => closing.Set();

    public void Dispose()
    {
        connection?.Dispose();
        source.Dispose();
        closing.Dispose();
    }

    // those who come while the database is away wait no longer than whoever noticed it first
    private bool MayRetry =>
        !closing.IsSet && Stopwatch.GetElapsedTime(brokenSince ??= Stopwatch.GetTimestamp()) < options.RetryFor;

    private bool TryStore(Batch batch)
    {
        try
        {
            connection ??= Connect();
            isOnlyHere = false;
            var (ended, outcomes) = Store(batch, connection);
            if (isOnlyHere) throw new NpgsqlException("A standby that must confirm did not.");
            tail.Stored(ended, batch.Conclude(ended, outcomes));
            brokenSince = null;
            return true;
        }
        catch (Exception e) when (e is NpgsqlException || e.IsOfNetwork())
        {
            Abandon();
            var failure = e as NpgsqlException ?? new NpgsqlException(e.Message, e);
            if (!failure.IsPassing() || !MayRetry) throw failure.AsUnavailable();
            return false;
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    private static (long Ended, int[] Outcomes) Store(Batch batch, NpgsqlConnection connection)
    {
        using var call = batch.Call(connection);
        using var reader = call.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetFieldValue<int[]>(1));
    }

    private NpgsqlConnection Connect()
    {
        var opened = source.OpenConnection();
        // a commit that gives up waiting for a synchronous standby says so and succeeds: it may be lost with this server
        opened.Notice += (_, notice) => isOnlyHere |= notice.Notice.SqlState == "01000" || notice.Notice.Severity == "WARNING";
        tail.Doubt();
        return opened;
    }

    private void Abandon()
    {
        var broken = connection;
        connection = null;
        try
        {
            broken?.Dispose();
        }
        catch (NpgsqlException)
        {
            // the failure that led here is the one to report
        }
        source.Clear();
    }
}
