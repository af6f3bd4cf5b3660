using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite.History;

/// <summary>The file of the history: one that is not of this version is thrown away, since it can be built anew.</summary>
internal static class HistoryFile
{
    /// <summary>Marks a SQLite file as this index ("PHis").</summary>
    private const int ApplicationId = 0x50486973;

    /// <summary>Raised with every change of <c>history.sql</c>.</summary>
    private const int Schema = 1;

    private static readonly string[] Companions = ["", "-wal", "-shm"];

    private static readonly string Tables = Load();

    public static string PathIn(string directory) => Path.GetFullPath(Path.Combine(directory, "history.db"));

    /// <summary>Makes sure that there is a file of this version, empty if need be.</summary>
    public static void Prepare(string path, SqliteLogOptions options)
    {
        if (File.Exists(path) && !IsCurrent(path, options)) Delete(path);
        if (!File.Exists(path)) Create(path, options);
    }

    public static void Delete(string path)
    {
        foreach (var companion in Companions) File.Delete(path + companion);
    }

    private static bool IsCurrent(string path, SqliteLogOptions options)
    {
        using var connection = Connections.Open(path, options.BusyTimeout);
        return connection.Number("pragma application_id") == ApplicationId && connection.Number("pragma user_version") == Schema;
    }

    /// <summary>What is cut short here has no version yet.</summary>
    private static void Create(string path, SqliteLogOptions options)
    {
        using var connection = Connections.Open(path, options.BusyTimeout, SqliteOpenMode.ReadWriteCreate);
        connection.Run("pragma journal_mode = wal");
        connection.Run($"begin; {Tables} pragma application_id = {ApplicationId}; pragma user_version = {Schema}; commit");
    }

    private static string Load()
    {
        using var resource = new StreamReader(
            typeof(HistoryFile).Assembly.GetManifestResourceStream("Parley.Log.Sqlite.History.history.sql")!);
        return resource.ReadToEnd();
    }
}
