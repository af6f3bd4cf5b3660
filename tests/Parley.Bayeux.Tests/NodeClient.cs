using System.Diagnostics;
using System.Threading.Channels;

namespace Parley.Bayeux.Tests;

/// <summary>An independent client of an npm package, run by Node: it says in lines what happens to it.</summary>
public sealed class NodeClient : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly Lazy<Task> Packages = new(InstallPackages);

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> heard = [];

    private NodeClient(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data is null ? null : "stderr " + e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static async Task<NodeClient> Start(string script, TestHost host, string transport, string channel)
    {
        await Packages.Value;
        return new NodeClient(Run("node", script, host.Address.ToString(), transport, channel));
    }

    /// <summary>Waits for a line that starts so; lines of another kind before it are passed over.</summary>
    public async Task<string> Hears(string start)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        try
        {
            while (true)
            {
                var line = await lines.Reader.ReadAsync(patience.Token);
                heard.Add(line);
                if (line.StartsWith(start, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"Waited for '{start}' and heard:\n" + string.Join('\n', heard), e);
        }
    }

    public void Say(string line) => process.StandardInput.WriteLine(line);

    /// <summary>Waits until the program ends by itself: then it holds no connection any more.</summary>
    public async Task Ends()
    {
        Say("end");
        using var patience = new CancellationTokenSource(TestHost.Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null) lines.Writer.TryWrite(line);
    }

    private static Process Run(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task InstallPackages()
    {
        var stamp = new FileInfo(Path.Combine(Folder, "node_modules", ".installed"));
        var locked = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (stamp.Exists && stamp.LastWriteTimeUtc >= locked.LastWriteTimeUtc) return;

        using var npm = Run("npm", "ci", "--no-audit", "--no-fund");
        var said = npm.StandardOutput.ReadToEndAsync();
        var complained = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm ci failed:\n{await said}\n{complained}");
        await File.WriteAllTextAsync(stamp.FullName, "");
    }
}
