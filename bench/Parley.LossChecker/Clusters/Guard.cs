using System.Diagnostics;

namespace Parley.LossChecker.Clusters;

/// <summary>
/// Sees to it that nothing is left behind, whatever becomes of this program: a shell that waits for the end of its input, then
/// kills all processes that it was told of and removes the directory.
/// </summary>
internal sealed class Guard : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP
        pids=' '
        while read -r sign pid; do
            if [ "$sign" = + ]; then pids="$pids$pid "; else pids=$(printf '%s' "$pids" | sed "s/ $pid / /"); fi
        done
        for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
        sleep 1
        rm -rf "$1"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Process shell;

    /// <exception cref="IOException">This is no Linux.</exception>
    public Guard()
    {
        if (!OperatingSystem.IsLinux()) throw new IOException("A cluster is made of Debian's packages: it needs Linux.");
        Directory = System.IO.Directory.CreateTempSubdirectory("parley-cluster-");
        // others than its owner work in it as well
        File.SetUnixFileMode(Directory.FullName, (UnixFileMode)0b111_101_101);
        shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "guard", Directory.FullName])
        {
            RedirectStandardInput = true,
        })!;
    }

    /// <summary>Where the cluster keeps everything.</summary>
    public DirectoryInfo Directory { get; }

    /// <summary>A process that must not outlive this program.</summary>
    public void Watch(int pid) => Tell($"+ {pid}");

    /// <summary>A process that has ended; its number may be somebody else's soon.</summary>
    public void Forget(int pid) => Tell($"- {pid}");

    public void Dispose()
    {
        lock (gate) shell.StandardInput.Close();
        shell.WaitForExit(Patience);
        shell.Dispose();
    }

    private void Tell(string line)
    {
        lock (gate)
        {
            shell.StandardInput.WriteLine(line);
            shell.StandardInput.Flush();
        }
    }
}
