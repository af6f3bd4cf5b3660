using System.Diagnostics;
using System.Text.Json;

namespace Parley.LossChecker.Journals;

/// <summary>
/// The append-only file of everything that the parties know: it outlives the program that writes it, and is all that the judge
/// looks at.
/// </summary>
/// <remarks>
/// The order of lines is the order in which things became known: whoever asks after somebody was answered has a later line.
/// </remarks>
internal sealed class Journal : IDisposable
{
    private readonly long opened = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly Utf8JsonWriter json;
    private int lastRead;
    private bool isClosed;

    public Journal(string path)
    {
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        json = new Utf8JsonWriter(file);
    }

    /// <summary>Adds a line, whoever's turn it is; its time is now.</summary>
    public void Add(Entry entry)
    {
        lock (gate)
        {
            if (isClosed) return;
            var now = (long)Stopwatch.GetElapsedTime(opened).TotalMilliseconds;
            JsonSerializer.Serialize(json, entry with { At = now }, EntryJson.Default.Entry);
            // the newline goes to the file with the next line
            json.Flush();
            json.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>A number for a reading, which nobody else is given.</summary>
    public int NextRead() => Interlocked.Increment(ref lastRead);

    /// <summary>The lines of a file; the last one may be torn, and is left out then.</summary>
    public static IEnumerable<Entry> Read(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            Entry? entry;
            try
            {
                entry = JsonSerializer.Deserialize(line, EntryJson.Default.Entry);
            }
            catch (JsonException)
            {
                yield break;
            }
            if (entry is not null) yield return entry;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
            json.Dispose();
            file.Dispose();
        }
    }
}
