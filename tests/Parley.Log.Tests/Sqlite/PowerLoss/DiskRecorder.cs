using System.Text;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary>What a step of a recording is. The number is what is written.</summary>
internal enum DiskStepKind : byte
{
    /// <summary>A file that was there before the recording, whole and durable: name, content.</summary>
    Found = 1,
    Created,
    Renamed,
    Deleted,

    /// <summary>What was done to names is durable.</summary>
    NamesFlushed,
    Written,
    Truncated,

    /// <summary>What was done to the file before the step of a number is durable.</summary>
    Flushed,

    /// <summary>The writer was told that a command is stored: its stream, its version.</summary>
    Acknowledged,
}

/// <summary>One step of a recording; what its fields mean depends on the kind.</summary>
internal readonly record struct DiskStep(DiskStepKind Kind, int File, long Number, string Name, byte[] Bytes);

/// <summary>Writes down, in one order for all threads, what a process does to its disk and what it is told.</summary>
internal sealed class DiskRecorder(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly BinaryWriter output = new(new BufferedStream(File.Create(path), 1 << 20), Encoding.UTF8);
    private readonly Dictionary<string, int> files = [];
    private int lastFile;
    private long steps;

    /// <summary>How many steps were recorded.</summary>
    public long Steps
    {
        get
        {
            lock (gate) return steps;
        }
    }

    /// <summary>The steps of a recording, in order, numbered from 0.</summary>
    public static IEnumerable<DiskStep> Read(string path)
    {
        using var input = new BinaryReader(new BufferedStream(File.OpenRead(path), 1 << 20), Encoding.UTF8);
        while (input.BaseStream.Position < input.BaseStream.Length)
        {
            var (kind, file, number, name) = (input.ReadByte(), input.ReadInt32(), input.ReadInt64(), input.ReadString());
            yield return new DiskStep((DiskStepKind)kind, file, number, name, input.ReadBytes(input.ReadInt32()));
        }
    }

    /// <summary>The number of the file that was opened under a name; a new one unless it is known.</summary>
    public int Opened(string file, bool existed)
    {
        var name = Path.GetFileName(file);
        lock (gate)
        {
            if (files.TryGetValue(name, out var known)) return known;
            var folder = Path.GetDirectoryName(file)!;
            if (existed && files.Keys.FirstOrDefault(old => !File.Exists(Path.Combine(folder, old))) is { } renamed)
            {
                files.Remove(renamed, out known);
                Add(DiskStepKind.Renamed, known, 0, name);
                return files[name] = known;
            }
            files[name] = ++lastFile;
            if (existed) Add(DiskStepKind.Found, lastFile, 0, name, File.ReadAllBytes(file));
            else Add(DiskStepKind.Created, lastFile, 0, name);
            return lastFile;
        }
    }

    public void Deleted(string file)
    {
        var name = Path.GetFileName(file);
        lock (gate)
            if (files.Remove(name, out var number))
                Add(DiskStepKind.Deleted, number, 0, name);
    }

    public void NamesFlushed() => Add(DiskStepKind.NamesFlushed, 0, 0);

    public void Written(int file, long at, ReadOnlySpan<byte> bytes) => Add(DiskStepKind.Written, file, at, "", bytes);

    public void Truncated(int file, long length) => Add(DiskStepKind.Truncated, file, length);

    /// <summary>The file's steps with a number below <paramref name="before"/> are durable.</summary>
    public void Flushed(int file, long before) => Add(DiskStepKind.Flushed, file, before);

    public void Acknowledged(string stream, int version) => Add(DiskStepKind.Acknowledged, 0, version, stream);

    public void Dispose() => output.Dispose();

    private void Add(DiskStepKind kind, int file, long number, string name = "", ReadOnlySpan<byte> bytes = default)
    {
        lock (gate)
        {
            steps++;
            output.Write((byte)kind);
            output.Write(file);
            output.Write(number);
            output.Write(name);
            output.Write(bytes.Length);
            output.Write(bytes);
        }
    }
}
