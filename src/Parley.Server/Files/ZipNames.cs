using System.Buffers.Binary;
using System.Text;

namespace Parley.Server.Files;

/// <summary>The names in a zip file, read from its directory within bounds; nothing in it is ever unpacked.</summary>
internal static class ZipNames
{
    private const int MostDirectoryBytes = 1 << 20;
    private const int MostNames = 10_000;
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const uint EndMark = 0x06054B50;
    private const uint EntryMark = 0x02014B50;

    /// <summary>The names; null when the directory cannot be read, or is larger than is looked at.</summary>
    public static HashSet<string>? Of(FileContent file)
    {
        // the end may have a comment of 64 KiB after it
        var tail = file.Read(Math.Max(0, file.Length - EndBytes - ushort.MaxValue), EndBytes + ushort.MaxValue).AsSpan();
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) != EndMark) continue;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 12)..]);
            var start = BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 16)..]);
            return size <= MostDirectoryBytes ? Read(file.Read(start, (int)size)) : null;
        }
        return null;
    }

    private static HashSet<string>? Read(ReadOnlySpan<byte> directory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (directory.Length >= EntryBytes)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(directory) != EntryMark || names.Count == MostNames) return null;
            var name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var rest = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (directory.Length < EntryBytes + name + rest) return null;
            names.Add(Encoding.UTF8.GetString(directory.Slice(EntryBytes, name)));
            directory = directory[(EntryBytes + name + rest)..];
        }
        return names;
    }
}
