namespace Parley.Log.Postgres;

/// <summary>The content of a file as a stream, one piece in memory at a time; no connection is held between two pieces.</summary>
/// <param name="piece">Reads a piece by its number: 0, 1, 2 ….</param>
/// <param name="length">Of all pieces together.</param>
internal sealed class ShelvedContent(Func<int, Task<byte[]>> piece, long length) : Stream
{
    private byte[] current = [];
    private int used;
    private int next;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads a piece ahead.</summary>
    /// <exception cref="LogUnavailableException">It cannot be read now.</exception>
    public async Task NextAsync() => (current, used) = (await piece(next++), 0);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (position == length) return 0;
        if (used == current.Length) await NextAsync();
        var count = Math.Min(buffer.Length, current.Length - used);
        current.AsMemory(used, count).CopyTo(buffer);
        used += count;
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
