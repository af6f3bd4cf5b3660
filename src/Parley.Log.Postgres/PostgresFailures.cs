using System.Net.Sockets;
using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>PostgreSQL's error codes as sentences for the person who runs the server.</summary>
internal static class PostgresFailures
{
    /// <summary>What the database answers.</summary>
    /// <exception cref="LogUnavailableException">It does not, or refuses.</exception>
    public static async Task<T> AnsweredAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException e)
        {
            throw e.AsUnavailable();
        }
        catch (Exception e) when (e.IsOfNetwork())
        {
            throw new NpgsqlException(e.Message, e).AsUnavailable();
        }
        catch (ObjectDisposedException e)
        {
            throw new LogUnavailableException("The log is closed.", e);
        }
    }

    /// <summary>
    /// Whether it comes from the network below Npgsql, which lets some through: a name that cannot be resolved.
    /// </summary>
    public static bool IsOfNetwork(this Exception e) => e is SocketException or TimeoutException or IOException;

    /// <summary>Whether the connection broke, or the server ended it, before there was an answer.</summary>
    public static bool IsOfConnection(this NpgsqlException e) =>
        e is PostgresException { SqlState: ['5', '7', 'P', ..] } || e.InnerException is IOException or SocketException;

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
