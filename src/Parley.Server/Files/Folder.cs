using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Server.Files;

/// <summary>Makes the names in a folder durable, which flushing the files themselves does not.</summary>
internal static class Folder
{
    private const int ReadOnly = 0;

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
