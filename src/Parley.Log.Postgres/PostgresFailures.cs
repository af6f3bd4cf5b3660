using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>PostgreSQL's error codes as sentences for the person who runs the server.</summary>
internal static class PostgresFailures
{
    /// <summary>
    /// Whether the same statement may well succeed on another connection: it is this one that broke, or the database restarts.
    /// </summary>
    public static bool IsPassing(this NpgsqlException e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction } => false,
        // connection failures, the operator's intervention (a restart), a conflict between transactions
        PostgresException answer => answer.SqlState[..2] is "08" or "57" or "40" || answer.IsTransient,
        _ => true,
    };

    public static LogUnavailableException AsUnavailable(this NpgsqlException e) => new(
        e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the PostgreSQL server is full.",
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
                "The PostgreSQL server takes no writes: it is a standby, or read-only.",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
                "The PostgreSQL server has no connection left for this node.",
            PostgresException answer => $"The PostgreSQL server refused: {answer.SqlState} {answer.MessageText}",
            { InnerException: TimeoutException } => "The PostgreSQL server does not answer in time.",
            _ => $"The PostgreSQL server cannot be reached: {e.Message}",
        },
        e)
    {
        Trouble = e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => LogTrouble.StoreFull,
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => LogTrouble.ReadOnly,
            PostgresException answer when !answer.IsPassing() => LogTrouble.Other,
            _ => LogTrouble.Unreachable,
        },
    };
}
