using System.Diagnostics;

namespace Parley.Bench;

/// <summary>What the disk can do at the same time and place: the limit of whoever flushes once for every message.</summary>
internal static class DiskFlushes
{
    private const int BlockSize = 4_096;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many blocks a second one writer can append and flush, one after the other, beside the server's data.
    /// </summary>
    public static double PerSecond()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[BlockSize];
            var start = Stopwatch.GetTimestamp();
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Length; count++)
            {
                stream.Write(block);
                stream.Flush(flushToDisk: true);
            }
            return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
