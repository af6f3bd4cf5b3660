using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>Which database holds the log, and the limits of this node.</summary>
public sealed record PostgresLogOptions
{
    /// <summary>An Npgsql connection string: <c>Host=db;Database=parley;Username=parley;Password=…</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The limits that all engines share.</summary>
    public EventLogOptions Log { get; init; } = new();

    /// <summary>How many reads run at the same time; the others wait.</summary>
    public int Readers { get; init; } = 8;

    /// <summary>How many connections carry the contents of files; who wants one more waits.</summary>
    public int FileConnections { get; init; } = 8;

    /// <summary>How many connections fill and search the history; who wants one more waits.</summary>
    public int HistoryConnections { get; init; } = 4;

    /// <summary>How long a statement, or a new connection, may take before it is given up.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long a batch is tried again when the connection is lost or the database restarts. Whoever waits for it waits so
    /// long; after that it is refused.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long this node sleeps at most before it looks for events of others, should a wake-up be lost.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What is wrong with these options, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Errors()
    {
        if (UnreadableConnectionString() is { } unreadable) yield return unreadable;
        if (Readers is < 1 or > 256) yield return $"{nameof(Readers)} is {Readers}; it must be between 1 and 256.";
        if (FileConnections is < 1 or > 256)
            yield return $"{nameof(FileConnections)} is {FileConnections}; it must be between 1 and 256.";
        if (HistoryConnections is < 2 or > 256)
            yield return $"{nameof(HistoryConnections)} is {HistoryConnections}; it must be between 2 and 256.";
        if (StatementTimeout < TimeSpan.FromSeconds(1) || StatementTimeout > TimeSpan.FromMinutes(10))
            yield return $"{nameof(StatementTimeout)} is {StatementTimeout}; it must be between a second and ten minutes.";
        if (RetryFor < TimeSpan.Zero || RetryFor > TimeSpan.FromMinutes(10))
            yield return $"{nameof(RetryFor)} is {RetryFor}; it must be between nothing and ten minutes.";
        if (PollEvery < TimeSpan.FromMilliseconds(1) || PollEvery > TimeSpan.FromMinutes(1))
            yield return $"{nameof(PollEvery)} is {PollEvery}; it must be between a millisecond and a minute.";
        foreach (var error in Log.Errors()) yield return error;
    }

    private string? UnreadableConnectionString()
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
            return string.IsNullOrEmpty(settings.Host) ? "The connection string names no Host." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // what it says may quote a password
            return "The connection string cannot be read; it looks like Host=db;Database=parley;Username=parley;Password=...";
        }
    }
}
