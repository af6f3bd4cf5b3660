using System.Diagnostics;

namespace Parley.Bench;

/// <summary>A server of the run's own: a child process on a free loopback port with a temporary data directory.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string BuildOutput = "src/Parley.Server/bin/Release/net10.0/Parley.Server.dll";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess process;
    private readonly DirectoryInfo directory;

    private ServerProcess(ChildProcess process, DirectoryInfo directory, Uri url)
    {
        (this.process, this.directory, Url) = (process, directory, url);
        _ = process.Output.ReadToEndAsync(); // so that it never waits for a reader
    }

    public Uri Url { get; }
    public int Pid => process.Pid;

    /// <summary>
    /// Starts a server whose centre has the run's agents with room for the run's chats, and waits until it answers.
    /// </summary>
    /// <param name="settings">Further arguments of its command line.</param>
    /// <param name="builtDll">Its program; null for the Release build of this repository.</param>
    /// <exception cref="IOException">There is no server to start, or it does not start.</exception>
    public static async Task<ServerProcess> StartAsync(
        string? builtDll, BenchCenter contactCenter, string[] settings, CancellationToken cancel)
    {
        var dll = builtDll ?? ChildProcess.FindAbove(BuildOutput);
        if (!File.Exists(dll))
            throw new IOException($"{dll} does not exist; build it with: dotnet build -c Release src/Parley.Server");
        var directory = Directory.CreateTempSubdirectory("parley-bench-");
        var center = Path.Combine(directory.FullName, "contact-center.json");
        await File.WriteAllTextAsync(
            center, contactCenter.Json(await HashAsync(dll, contactCenter.Agents[0].Password, cancel)), cancel);

        var url = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        string[] arguments =
            [
                "--urls", url.ToString().TrimEnd('/'), "--data", Path.Combine(directory.FullName, "data"), "--center", center,
                .. BenchCenter.Settings, .. settings,
            ];
        var server = new ServerProcess(Launch(dll, arguments), directory, url);
        try
        {
            await server.AnswersAsync(cancel);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Stops the process and removes its files.</summary>
    public void Dispose()
    {
        // Kestrel's own shutdown waits for held connects; nothing here needs it
        process.Dispose();
        directory.Delete(recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        using var wire = new Wire(Url);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var start = Stopwatch.GetTimestamp();
        while ((await wire.GetAsync(wire.At("/api/v2/me"), null, cancel)).Status == 0)
        {
            if (process.HasExited) throw new IOException($"the server ended at once: {process.Errors()}");
            if (Stopwatch.GetElapsedTime(start) > StartPatience) throw new IOException("the server does not answer");
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<string> HashAsync(string dll, string password, CancellationToken cancel)
    {
        using var hashing = Launch(dll, ["hash-password"]);
        await hashing.Input.WriteLineAsync(password);
        hashing.Input.Close();
        var hash = await hashing.Output.ReadToEndAsync(cancel);
        return hash.Length > 0 ? hash.Trim() : throw new IOException("hash-password failed: " + hashing.Errors());
    }

    private static ChildProcess Launch(string dll, string[] arguments) => new("dotnet", ["exec", dll, .. arguments]);
}
