using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Parley.Server.Files;

/// <summary>A file's content, looked at piece by piece; it is never unpacked, rendered or run.</summary>
internal sealed class FileContent : IDisposable
{
    private const int HeadBytes = 64;
    private const int ChunkBytes = 32 << 10;

    private readonly SafeFileHandle handle;
    private readonly byte[] head;
    private bool? isText;

    public FileContent(string path)
    {
        handle = File.OpenHandle(path);
        Length = RandomAccess.GetLength(handle);
        head = Read(0, HeadBytes);
    }

    public long Length { get; }

    /// <summary>Valid UTF-8 without control characters, and no markup.</summary>
    public bool IsText => isText ??= LooksLikeText();

    /// <summary>Whether it begins with these characters, each of which stands for one byte.</summary>
    public bool Begins(string characters) => Has(0, characters);

    public bool Begins(ReadOnlySpan<byte> bytes) => head.AsSpan().StartsWith(bytes);

    /// <inheritdoc cref="Begins(string)"/>
    public bool Has(int at, string characters) =>
        head.Length >= at + characters.Length
        && head.AsSpan(at, characters.Length).SequenceEqual(Encoding.Latin1.GetBytes(characters));

    /// <summary>The number of four bytes, the lowest first; -1 beyond the end.</summary>
    public long Number(int at) =>
        head.Length >= at + 4 ? BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(at)) : -1;

    /// <summary>Whether it is an ISO base media file of one of these brands.</summary>
    public bool IsMedia(params ReadOnlySpan<string> brands)
    {
        if (!Has(4, "ftyp")) return false;
        foreach (var brand in brands)
        {
            if (Has(8, brand)) return true;
        }
        return false;
    }

    /// <summary>The bytes from a place on, as many as there are of what was asked for.</summary>
    public byte[] Read(long at, int count)
    {
        var bytes = new byte[Math.Clamp(Length - at, 0, count)];
        return RandomAccess.Read(handle, bytes, at) == bytes.Length ? bytes : [];
    }

    public void Dispose() => handle.Dispose();

    private bool LooksLikeText()
    {
        var start = head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (head.AsSpan(start).TrimStart(" \t\r\n"u8) is [(byte)'<', ..]) return false;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (long at = 0; at < Length;)
            {
                var chunk = buffer.AsSpan(0, RandomAccess.Read(handle, buffer.AsSpan(0, ChunkBytes), at));
                var whole = WholeCharacters(chunk);
                if (whole == 0 || !Utf8.IsValid(chunk[..whole]) || HasControls(chunk[..whole])) return false;
                at += whole;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How many bytes of the chunk belong to characters that end in it.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> chunk)
    {
        for (var back = 1; back <= Math.Min(3, chunk.Length); back++)
        {
            var b = chunk[^back];
            if (b < 0x80) return chunk.Length;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? chunk.Length - back : chunk.Length;
        }
        return chunk.Length;
    }

    private static bool HasControls(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F) return true;
        }
        return false;
    }
}
