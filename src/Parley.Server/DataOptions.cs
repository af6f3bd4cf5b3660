using System.ComponentModel.DataAnnotations;
using Parley.Log.Postgres;

namespace Parley.Server;

/// <summary>Section <c>Parley:Data</c>: where what must survive a restart is kept.</summary>
internal sealed class DataOptions : IValidatableObject
{
    /// <summary>The folder of the log's files; relative to the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "./data";

    /// <summary>
    /// The PostgreSQL database that holds the log instead, as an Npgsql connection string; for several nodes on one database.
    /// The folder keeps what is not in the log.
    /// </summary>
    public string Postgres { get; set; } = "";

    /// <summary>Connections to PostgreSQL for reading; this node has two more, and those for files and history.</summary>
    [Range(1, 256)]
    public int PostgresReaders { get; set; } = 8;

    /// <summary>Connections to PostgreSQL that carry the contents of files; who wants one more waits.</summary>
    [Range(1, 256)]
    public int PostgresFileConnections { get; set; } = 8;

    /// <summary>Connections to PostgreSQL that fill and search the history; who wants one more waits.</summary>
    [Range(2, 256)]
    public int PostgresHistoryConnections { get; set; } = 4;

    /// <summary>How long PostgreSQL may take for a statement, or to accept a connection; whole seconds.</summary>
    [Range(1_000, 600_000)]
    public int PostgresStatementTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// For how long commands wait for PostgreSQL when it restarts or cannot be reached, before they are refused.
    /// </summary>
    [Range(0, 600_000)]
    public int PostgresRetryMs { get; set; } = 10_000;

    /// <summary>After how long a node looks by itself for what others have stored, should nothing wake it.</summary>
    [Range(1, 60_000)]
    public int PostgresPollMs { get; set; } = 100;

    /// <summary>Commands that wait to be stored; one more is refused as unavailable.</summary>
    [Range(64, 1_000_000)]
    public int MaxWaitingAppends { get; set; } = 4_096;

    /// <summary>
    /// How large the database may grow; beyond that nothing more is stored, as on a full disk. The same holds for that of the
    /// history.
    /// </summary>
    [Range(1L << 20, 1L << 46)]
    public long MaxDatabaseBytes { get; set; } = 1L << 40;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Postgres.Length == 0) yield break;
        foreach (var error in new PostgresLogOptions { ConnectionString = Postgres }.Errors())
            yield return new ValidationResult(error, [nameof(Postgres)]);
    }
}
