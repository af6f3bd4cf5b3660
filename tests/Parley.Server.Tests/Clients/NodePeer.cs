using System.Diagnostics;
using System.Runtime.CompilerServices;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Clients;

/// <summary>
/// Node with the packages of this folder: installs them when they are missing or older than the lock file, and runs scripts.
/// </summary>
/// <remarks>A machine without node or npm fails these tests; they are not skipped.</remarks>
public sealed class NodePeer : IAsyncLifetime
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    public async ValueTask InitializeAsync()
    {
        var wanted = File.GetLastWriteTimeUtc(Path.Combine(Folder(), "package-lock.json"));
        var installed = Path.Combine(Folder(), "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= wanted) return;
        var (exit, output) = await Run("npm", InstallLimit, "ci", "--no-progress", "--no-audit", "--no-fund");
        Assert.True(exit == 0, $"npm ci failed:\n{output}");
        File.SetLastWriteTimeUtc(installed, DateTime.UtcNow);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a script of this folder to its end; fails the test with its output unless it exits with 0.</summary>
    public static async Task Play(string script, params string[] arguments)
    {
        var (exit, output) = await Run("node", 3 * Eventually.Patience, [script, .. arguments]);
        Assert.True(exit == 0, $"{script} {string.Join(' ', arguments)} exited with {exit}:\n{output}");
    }

    private static async Task<(int Exit, string Output)> Run(string program, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{program} {string.Join(' ', arguments)} took longer than {limit}:\n{await output}\n{await errors}");
        }
        return (process.ExitCode, $"{await output}\n{await errors}");
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
