namespace Parley.Log.Sqlite;

/// <summary>Where the log lies, and its limits.</summary>
public sealed record SqliteLogOptions
{
    /// <summary>The folder that holds the database; made if it is missing, and used by one process at a time.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The limits that all engines share.</summary>
    public EventLogOptions Log { get; init; } = new();

    /// <summary>How many reads run at the same time; the others wait.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>How many streams the writer remembers the head of; any other is looked up.</summary>
    public int CachedHeads { get; init; } = 32_768;

    /// <summary>How long a write waits for another program that holds the database locked. Whole seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How large the database may grow, in bytes. At the bound appends fail as on a full disk.</summary>
    public long MaxDatabaseBytes { get; init; } = 1L << 40;

    /// <summary>How many bytes of the database the writer keeps in memory.</summary>
    public int WriterCacheBytes { get; init; } = 32 << 20;

    /// <summary>What is wrong with these options, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory)) yield return $"{nameof(DataDirectory)} is missing.";
        if (Readers is < 1 or > 64) yield return $"{nameof(Readers)} is {Readers}; it must be between 1 and 64.";
        if (CachedHeads < 1) yield return $"{nameof(CachedHeads)} is {CachedHeads}; it must be at least 1.";
        if (BusyTimeout < TimeSpan.FromSeconds(1) || BusyTimeout > TimeSpan.FromMinutes(1))
            yield return $"{nameof(BusyTimeout)} is {BusyTimeout}; it must be between a second and a minute.";
        if (MaxDatabaseBytes < 1 << 20) yield return $"{nameof(MaxDatabaseBytes)} must be at least 1 MiB.";
        if (WriterCacheBytes < 1 << 20) yield return $"{nameof(WriterCacheBytes)} must be at least 1 MiB.";
        foreach (var error in Log.Errors()) yield return error;
    }
}
