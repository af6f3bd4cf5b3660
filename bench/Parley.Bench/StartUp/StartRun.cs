using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Parley.Bench.StartUp;

/// <summary>Starts a server on ever longer histories, and says when it was ready and how large it was then.</summary>
internal static class StartRun
{
    private const string BuildOutput = "src/Parley.Server/bin/Release/net10.0/Parley.Server.dll";
    private const string Door = "/genesys/2/chat/customer-support";
    private const int TextsPerChat = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs, prints a row for each history, and returns the exit code.</summary>
    public static async Task<int> ExecuteAsync(StartOptions options, CancellationToken cancel)
    {
        var dll = options.Server ?? ChildProcess.FindAbove(BuildOutput);
        if (!File.Exists(dll))
        {
            await Console.Error.WriteLineAsync($"{dll} does not exist; build it with: dotnet build -c Release src/Parley.Server");
            return 1;
        }
        Console.WriteLine(Machine.Name);
        Console.WriteLine($"{"closed",10} {"open",7} {"log, MiB",9} {"ready, s (each start)",-28} {"memory, MiB",11}");
        foreach (var closed in options.Closed) await MeasureAsync(dll, closed, options, cancel);
        return 0;
    }

    private static async Task MeasureAsync(string dll, int closed, StartOptions options, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("parley-startup-");
        try
        {
            using (var first = Launch(dll, folder.FullName, out var url))
            {
                await ReadyAsync(first, url, cancel);
                await PlayAsync(url, cancel);
            }
            History.Add(folder.FullName, closed - 1, options.Open - 1, cancel);
            var log = new FileInfo(Path.Combine(folder.FullName, "log.db")).Length;

            var (times, memory) = (new List<string>(), 0L);
            for (var start = 0; start < options.Starts; start++)
            {
                var began = Stopwatch.GetTimestamp();
                using var server = Launch(dll, folder.FullName, out var url);
                await ReadyAsync(server, url, cancel);
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
                memory = ServerCost.Of(server.Pid)!.Stop().Memory;
                await CheckAsync(url, options.Open, cancel);
            }
            Console.WriteLine($"{closed,10} {options.Open,7} {log >> 20,9} {string.Join(' ', times),-28} {memory >> 20,11}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One chat that is over, then one that waits: what the history is made of.</summary>
    private static async Task PlayAsync(Uri url, CancellationToken cancel)
    {
        using var wire = new Wire(url);
        for (var chat = 0; chat < 2; chat++)
        {
            var created = await PostAsync(wire, Door, "nickname=Ada&subject=Parcel", cancel);
            var (id, key) = (created.Field("chatId"u8), created.Field("secureKey"u8));
            for (var text = 0; text < TextsPerChat; text++)
                await PostAsync(wire, $"{Door}/{id}/send", $"secureKey={key}&message=where+is+my+parcel+{text}", cancel);
            if (chat == 0) await PostAsync(wire, $"{Door}/{id}/disconnect", $"secureKey={key}", cancel);
        }
    }

    /// <summary>The server knows of as many open chats as it was given.</summary>
    private static async Task CheckAsync(Uri url, int open, CancellationToken cancel)
    {
        using var wire = new Wire(url);
        var metrics = Encoding.ASCII.GetString((await wire.GetAsync(wire.At("/metrics"), null, cancel)).Body);
        var expected = string.Create(CultureInfo.InvariantCulture, $"\nparley_chats_open {open}\n");
        if (!metrics.Contains(expected, StringComparison.Ordinal))
            throw new IOException($"the server has not found {open} open chats");
    }

    private static async Task<Answer> PostAsync(Wire wire, string path, string form, CancellationToken cancel)
    {
        var answer = await wire.PostAsync(wire.At(path), Encoding.ASCII.GetBytes(form), Wire.Form, null, cancel);
        return answer.Refusal() is { } refusal ? throw new IOException($"{path}: {refusal}") : answer;
    }

    private static ChildProcess Launch(string dll, string data, out Uri url)
    {
        url = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        var server = new ChildProcess(
            "dotnet", ["exec", dll, "--demo", "--data", data, "--urls", url.ToString().TrimEnd('/')]);
        _ = server.Output.ReadToEndAsync(); // so that it never waits for a reader
        return server;
    }

    private static async Task ReadyAsync(ChildProcess server, Uri url, CancellationToken cancel)
    {
        using var wire = new Wire(url);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var start = Stopwatch.GetTimestamp();
        while ((await wire.GetAsync(wire.At("/health/ready"), null, cancel)).Status != 200)
        {
            if (server.HasExited) throw new IOException($"the server ended at once: {server.Errors()}");
            if (Stopwatch.GetElapsedTime(start) > Patience) throw new IOException("the server is not ready");
            await timer.WaitForNextTickAsync(cancel);
        }
    }
}
