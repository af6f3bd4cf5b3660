using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parley.Bench;

/// <summary>A server of the run's own: a child process on a free loopback port with a temporary data directory.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string BuildOutput = "src/Parley.Server/bin/Release/net10.0/Parley.Server.dll";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly DirectoryInfo directory;
    private readonly Task<string> errors;

    private ServerProcess(Process process, DirectoryInfo directory, Uri url)
    {
        (this.process, this.directory, Url) = (process, directory, url);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        errors = process.StandardError.ReadToEndAsync();
    }

    public Uri Url { get; }
    public int Pid => process.Id;

    /// <summary>
    /// Starts a server whose centre has the run's agents with room for the run's chats, and waits until it answers.
    /// </summary>
    /// <exception cref="IOException">There is no server to start, or it does not start.</exception>
    public static async Task<ServerProcess> StartAsync(ChatOptions options, CancellationToken cancel)
    {
        var dll = options.ServerDll ?? FindBuild();
        if (!File.Exists(dll))
            throw new IOException($"{dll} does not exist; build it with: dotnet build -c Release src/Parley.Server");
        var directory = Directory.CreateTempSubdirectory("parley-bench-");
        var center = Path.Combine(directory.FullName, "contact-center.json");
        await File.WriteAllTextAsync(
            center, BenchCenter.Json(options, await HashAsync(dll, options.Agents[0].Password, cancel)), cancel);

        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments =
            [
                "--urls", url.ToString().TrimEnd('/'), "--data", Path.Combine(directory.FullName, "data"), "--center", center,
                .. BenchCenter.Settings,
            ];
        var server = new ServerProcess(Launch(dll, arguments), directory, url);
        try
        {
            await server.AnswersAsync(cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the process and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        using (process)
        {
            // Kestrel's own shutdown waits for held connects; nothing here needs it
            process.Kill(entireProcessTree: true);
            using var patience = new CancellationTokenSource(StopPatience);
            await process.WaitForExitAsync(patience.Token);
        }
        directory.Delete(recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        using var wire = new Wire(Url);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var start = Stopwatch.GetTimestamp();
        while ((await wire.GetAsync(wire.At("/api/v2/me"), null, cancel)).Status == 0)
        {
            if (process.HasExited) throw new IOException($"the server ended at once: {(await errors).Trim()}");
            if (Stopwatch.GetElapsedTime(start) > StartPatience) throw new IOException("the server does not answer");
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<string> HashAsync(string dll, string password, CancellationToken cancel)
    {
        using var hashing = Launch(dll, ["hash-password"]);
        await hashing.StandardInput.WriteLineAsync(password);
        hashing.StandardInput.Close();
        var hash = await hashing.StandardOutput.ReadToEndAsync(cancel);
        await hashing.WaitForExitAsync(cancel);
        return hashing.ExitCode == 0 ? hash.Trim() : throw new IOException("hash-password failed");
    }

    private static Process Launch(string dll, string[] arguments)
    {
        var how = new ProcessStartInfo("dotnet", ["exec", dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        how.Environment["Logging__LogLevel__Default"] = "Warning";
        return Process.Start(how) ?? throw new IOException("dotnet does not start");
    }

    private static string FindBuild()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, BuildOutput) is var dll && File.Exists(dll)) return dll;
        return Path.GetFullPath(BuildOutput);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
