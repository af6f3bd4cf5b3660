using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Parley.Bayeux;

/// <summary>Bytes in a rented array that grows; nothing is rented before the first byte or after disposal.</summary>
internal class PooledBuffer : IDisposable
{
    private byte[]? rented;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => rented.AsMemory(0, Length);

    /// <summary>
    /// Room for at least <paramref name="size"/> bytes behind what is written; <see cref="Advance"/> says how many came.
    /// </summary>
    public Memory<byte> Room(int size)
    {
        if (rented is null || rented.Length - Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + size, Length * 2));
            Written.CopyTo(larger);
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
            rented = larger;
        }
        return rented.AsMemory(Length);
    }

    public void Advance(int count) => Length += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length).Span);
        Length += bytes.Length;
    }

    public void WriteAscii(string text) => Length += Encoding.ASCII.GetBytes(text, Room(text.Length).Span);

    public void WriteNumber(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20).Span, out var count);
        Length += count;
    }

    public void Dispose()
    {
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        rented = null;
        Length = 0;
    }
}
