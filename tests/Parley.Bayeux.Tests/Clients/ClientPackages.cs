using System.Diagnostics;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>The scripts of this folder and the npm packages they drive, installed when the lock file is newer.</summary>
/// <remarks>A machine without node or npm fails the tests; they are not skipped.</remarks>
internal static class ClientPackages
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly Lazy<Task> Installed = new(Install);

    /// <summary>Runs one of the scripts, which believes the certificate in that file beside those of everybody.</summary>
    public static async Task<Process> Run(string? trusted, params string[] arguments)
    {
        await Installed.Value;
        return Start(trusted, "node", arguments);
    }

    private static Process Start(string? trusted, string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_EXTRA_CA_CERTS"] = trusted },
        })!;

    private static async Task Install()
    {
        var stamp = new FileInfo(Path.Combine(Folder, "node_modules", ".installed"));
        var locked = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (stamp.Exists && stamp.LastWriteTimeUtc >= locked.LastWriteTimeUtc) return;

        using var npm = Start(trusted: null, "npm", "ci", "--no-audit", "--no-fund");
        var said = npm.StandardOutput.ReadToEndAsync();
        var complained = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm ci failed:\n{await said}\n{complained}");
        await File.WriteAllTextAsync(stamp.FullName, "");
    }
}
