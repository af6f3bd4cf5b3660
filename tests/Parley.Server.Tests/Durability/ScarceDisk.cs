using System.Diagnostics;
using System.Globalization;

namespace Parley.Server.Tests.Durability;

/// <summary>
/// A disk that can be made full and free again: a small one of its own where the test may mount one, else a bound on the size of
/// the files that the server writes.
/// </summary>
internal sealed class ScarceDisk : IDisposable
{
    private const int MegaBytes = 24;

    private readonly bool isMounted;

    public ScarceDisk()
    {
        Folder = Directory.CreateTempSubdirectory("parley-disk-").FullName;
        isMounted = OperatingSystem.IsLinux()
            && Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={MegaBytes}m"), "tmpfs", Folder);
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>What the server's health says of it when it is full.</summary>
    public string Complaint => isMounted ? "is full" : "the server's own log says why";

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Leaves next to nothing of it.</summary>
    public void Fill(ChildServer server)
    {
        if (!isMounted)
        {
            var largest = Directory.EnumerateFiles(server.Data).Max(file => new FileInfo(file).Length);
            Assert.True(Limit(server, largest.ToString(CultureInfo.InvariantCulture)), "The size of files cannot be bounded.");
            return;
        }
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[4096];
        try
        {
            while (true) ballast.Write(piece);
        }
        catch (IOException)
        {
            // full
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free(ChildServer server)
    {
        if (isMounted) File.Delete(Ballast);
        else Assert.True(Limit(server, "unlimited"), "The bound on the size of files cannot be lifted.");
    }

    public void Dispose()
    {
        if (isMounted) Run("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Limit(ChildServer server, string bytes) => Run(
        "prlimit", "--pid", server.ProcessId.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:");

    private static bool Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
