using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Parley.Server.Files;

/// <summary>
/// A file that is being taken in: on disk under a name of its own, known to nobody; gone when disposed of without being held.
/// It is open all the time, which tells others, also in other processes, that somebody is at work on it.
/// </summary>
internal sealed class ReceivedFile : IDisposable
{
    private const int BufferBytes = 64 << 10;

    private readonly FileStore store;
    private readonly FileStream stream;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SafeFileHandle? whole;

    public ReceivedFile(FileStore store, string path, string address)
    {
        (this.store, Path, Address) = (store, path, address);
        stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
    }

    /// <summary>Where the content lies.</summary>
    public string Path { get; }

    /// <summary>Where it comes from.</summary>
    public string Address { get; }

    public long Size { get; private set; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal, once all of it is there.</summary>
    public string Content { get; private set; } = "";

    /// <summary>Takes in the content to its end, durably.</summary>
    /// <returns>Whether it was no more than the limit; else it is of no use.</returns>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public async Task<bool> Fill(Stream from, long limit, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(buffer.AsMemory(0, BufferBytes), cancel) is var count and > 0)
            {
                Size += count;
                if (Size > limit) return false;
                hash.AppendData(buffer, 0, count);
                await store.Try(() => stream.WriteAsync(buffer.AsMemory(0, count), cancel).AsTask());
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        await store.Try(() =>
        {
            stream.Flush(flushToDisk: true);
            whole = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
            stream.Dispose();
            return Task.CompletedTask;
        });
        Content = Convert.ToHexStringLower(hash.GetHashAndReset());
        return true;
    }

    /// <summary>Removes a file that was being taken in, unless somebody still is at it.</summary>
    public static void RemoveUnlessInUse(string path)
    {
        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose,
            }).Dispose();
        }
        catch (IOException)
        {
            // in use, or gone
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        whole?.Dispose();
        hash.Dispose();
        store.Release(this);
    }
}
