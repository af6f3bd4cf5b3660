using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Parley.Server.Tests.Durability;

/// <summary>
/// The real server with the demo's contact centre as a process of its own, to be killed and started again on the same data.
/// </summary>
/// <param name="folder">The data directory of an earlier server, which stays; null for one of its own.</param>
/// <param name="settings">Further settings as command-line arguments.</param>
internal sealed class ChildServer(string? folder = null, params string[] settings) : IAsyncDisposable
{
    private const int LinesKept = 40;
    private const string Nobody = "65534";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private static readonly string[] NoLimits =
        ["--Parley:Customers:CreatesPerMinute=0", "--Parley:Customers:RequestsPerMinute=0"];

    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    /// <summary>Where every life of the server listens.</summary>
    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Where every life of the server keeps its data.</summary>
    public string Data { get; } = folder ?? Directory.CreateTempSubdirectory("parley-kill-").FullName;

    /// <summary>The server's last words, for a failed test.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Whether it runs as nobody in particular, whom the modes of files bind, even if the tests are root's.</summary>
    public bool IsUnprivileged { get; init; }

    /// <summary>Starts the server on what the last life left and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (IsUnprivileged && Environment.IsPrivilegedProcess)
        {
            using var give = Process.Start("chown", ["-R", Nobody, Data]);
            await give.WaitForExitAsync(cancel);
        }
        process = Launch(
            IsUnprivileged, ["--demo", "--urls", Url.ToString().TrimEnd('/'), "--data", Data, .. NoLimits, .. settings]);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnswersAsync(cancel);
    }

    /// <summary>Runs a command of the program, and returns its exit code and all that it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(params string[] words)
    {
        using var command = Launch(isUnprivileged: false, words);
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return (command.ExitCode, await output + await errors);
    }

    /// <summary>The process of this life.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Why it is not ready, as its health says; null if it is.</summary>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
        var body = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
        return answer.StatusCode == HttpStatusCode.OK ? null : body.GetProperty("statusMessage").GetString()!;
    }

    /// <summary>Asks the server to stop, as whoever looks after processes does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until this life has ended by itself; its exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken cancel)
    {
        await process!.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    /// <summary>Ends this life at once, by SIGKILL: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (folder is null) Directory.Delete(Data, recursive: true);
    }

    /// <summary>
    /// Starts the program, which outlives a file that may not grow further: it is told by an error instead of a signal.
    /// </summary>
    private static Process Launch(bool isUnprivileged, IEnumerable<string> words)
    {
        string[] who = isUnprivileged && Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"]
            : ["env"];
        var program = Path.Combine(AppContext.BaseDirectory, "Parley.Server.dll");
        return Process.Start(new ProcessStartInfo(
            who[0], [.. who[1..], "bash", "-c", "trap '' XFSZ; exec dotnet exec \"$@\"", "bash", program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < StartPatience;)
        {
            try
            {
                using var _ = await http.GetAsync("/api/v2/me", cancel);
                return;
            }
            catch (HttpRequestException) when (!process!.HasExited)
            {
                await timer.WaitForNextTickAsync(cancel);
            }
        }
        throw new TimeoutException("The server does not answer.");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (output.Count > LinesKept) output.TryDequeue(out _);
    }

    /// <summary>A port below those that outgoing connections take, so that nobody grabs it while the server is dead.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: try another
            }
        }
    }
}
