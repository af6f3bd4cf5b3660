using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Log;

/// <summary>Makes the names in a folder durable, which flushing the files themselves does not.</summary>
public static class Folder
{
    private const int ReadOnly = 0;

    /// <summary>Makes a folder and those above it that are missing, and returns once their names are on disk.</summary>
    /// <param name="path">The folder; nothing happens if it is there.</param>
    /// <param name="mode">Who may look into it, where the system knows such a thing.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Create(string path, UnixFileMode? mode = null)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full)) return;
        var above = Path.GetDirectoryName(full)!;
        Create(above);
        if (mode is null || OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
        else Directory.CreateDirectory(full, mode.Value);
        Flush(above);
    }

    /// <summary>Returns once the folder's names are on disk; on Windows, where they are written through, at once.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly);
        if (folder < 0) throw Failed();
        try
        {
            if (Sync(folder) != 0) throw Failed();
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static IOException Failed() => new("A folder cannot be flushed.", Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int folder);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int folder);
}
