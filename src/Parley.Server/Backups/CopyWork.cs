using System.Buffers;
using System.Security.Cryptography;
using Parley.Log;

namespace Parley.Server.Backups;

/// <summary>What backing up and restoring have in common: copies of files, and one way to fail.</summary>
internal static class CopyWork
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Does it; the exit code is 1, and the reason told, when it cannot be done.</summary>
    public static int Try(Action work, string failed, TextWriter errors)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception e) when (e is CopyException or LogRefusedException or LogUnavailableException
            or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{failed}: {e.Message}");
            return 1;
        }
    }

    /// <summary>Copies a file durably; its SHA-256 in lower-case hexadecimal.</summary>
    public static string CopyFile(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var hash = Pass(source, copy);
        copy.Flush(flushToDisk: true);
        return hash;
    }

    /// <summary>SHA-256 of a file in lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var source = File.OpenRead(path);
        return Pass(source, Stream.Null);
    }

    private static string Pass(Stream source, Stream to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (source.Read(buffer) is var count and > 0)
            {
                hash.AppendData(buffer, 0, count);
                to.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A backup or a restoration that cannot be; the message says why and what to do.</summary>
internal sealed class CopyException(string message) : Exception(message);
