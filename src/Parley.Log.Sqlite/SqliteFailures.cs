using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>SQLite's error codes as sentences for the person who runs the server.</summary>
internal static class SqliteFailures
{
    public const int Corrupt = 11;

    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Full = 13, CannotOpen = 14;
    private const int NotADatabase = 26;

    public static bool IsDamage(this SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    public static LogUnavailableException AsUnavailable(this SqliteException e, string path) => new(
        e.SqliteErrorCode switch
        {
            Full => $"The disk of {path} is full, or the database has reached its largest size.",
            Busy or Locked => $"Another program keeps the database {path} locked.",
            InputOutput => $"The disk of {path} failed: {e.Message}",
            ReadOnly => $"The database {path} cannot be written: {e.Message}",
            CannotOpen => $"The database {path} cannot be opened: {e.Message}",
            Corrupt or NotADatabase => $"The database {path} is damaged: {e.Message} Restore the newest backup.",
            _ => $"The database {path} failed: {e.Message}",
        },
        e)
    {
        Trouble = e.SqliteErrorCode switch
        {
            Full => LogTrouble.StoreFull,
            ReadOnly => LogTrouble.ReadOnly,
            Corrupt or NotADatabase => LogTrouble.Damaged,
            Busy or Locked or CannotOpen => LogTrouble.Unreachable,
            _ => LogTrouble.Other,
        },
    };
}
