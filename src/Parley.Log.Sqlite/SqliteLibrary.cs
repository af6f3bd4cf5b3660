using System.Runtime.InteropServices;
using SQLitePCL;

namespace Parley.Log.Sqlite;

/// <summary>The SQLite library of the system, bound once per process.</summary>
public static class SqliteLibrary
{
    private static readonly Lock Gate = new();
    private static bool bound;

    /// <summary>Binds the library; does nothing if it is bound already.</summary>
    public static void Bind()
    {
        lock (Gate)
        {
            if (bound) return;
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                static (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load(SystemName()) : 0);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            bound = true;
        }
    }

    private static string SystemName() =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll"
        : OperatingSystem.IsMacOS() ? "libsqlite3.dylib"
        : "libsqlite3.so.0";
}
