using System.Runtime.InteropServices;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary><c>sqlite3_vfs</c>: how SQLite reaches files, as its C header lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfs
{
    public int Version, FileBytes, MaxPath;
    public nint Next;
    public byte* Name;
    public nint AppData;
    public delegate* unmanaged<SqliteVfs*, byte*, SqliteFile*, int, int*, int> Open;
    public delegate* unmanaged<SqliteVfs*, byte*, int, int> Delete;
    public nint Access, FullPathname, DlOpen, DlError, DlSym, DlClose, Randomness, Sleep, CurrentTime, GetLastError;
    public nint CurrentTimeInt64;
    public delegate* unmanaged<SqliteVfs*, byte*, nint, int> SetSystemCall;
    public delegate* unmanaged<SqliteVfs*, byte*, nint> GetSystemCall;
    public nint NextSystemCall;

    [DllImport("libsqlite3.so.0", EntryPoint = "sqlite3_vfs_find")]
    public static extern SqliteVfs* Find(byte* name);

    [DllImport("libsqlite3.so.0", EntryPoint = "sqlite3_vfs_register")]
    public static extern int Register(SqliteVfs* vfs, int makeDefault);
}

/// <summary><c>sqlite3_file</c>: an open file, whose own data follow this.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFile
{
    public FileMethods* Methods;
}

/// <summary><c>sqlite3_io_methods</c>, without memory mapping (its version 2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FileMethods
{
    public int Version;
    public delegate* unmanaged<SqliteFile*, int> Close;
    public delegate* unmanaged<SqliteFile*, void*, int, long, int> Read;
    public delegate* unmanaged<SqliteFile*, void*, int, long, int> Write;
    public delegate* unmanaged<SqliteFile*, long, int> Truncate;
    public delegate* unmanaged<SqliteFile*, int, int> Sync;
    public delegate* unmanaged<SqliteFile*, long*, int> FileSize;
    public delegate* unmanaged<SqliteFile*, int, int> Lock;
    public delegate* unmanaged<SqliteFile*, int, int> Unlock;
    public delegate* unmanaged<SqliteFile*, int*, int> CheckReservedLock;
    public delegate* unmanaged<SqliteFile*, int, void*, int> FileControl;
    public delegate* unmanaged<SqliteFile*, int> SectorSize;
    public delegate* unmanaged<SqliteFile*, int> DeviceCharacteristics;
    public delegate* unmanaged<SqliteFile*, int, int, int, void**, int> ShmMap;
    public delegate* unmanaged<SqliteFile*, int, int, int, int> ShmLock;
    public delegate* unmanaged<SqliteFile*, void> ShmBarrier;
    public delegate* unmanaged<SqliteFile*, int, int> ShmUnmap;
}
