using System.Collections.Concurrent;
using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Parley.Bayeux.Tests.Clients.ChromiumEnd))]

namespace Parley.Bayeux.Tests.Clients;

/// <summary>The one Chromium of a test run, started with its first page.</summary>
internal sealed class Chromium
{
    private readonly ConcurrentDictionary<int, Action<string>> pages = new();
    private readonly Process process;
    private int lastPage;

    private Chromium(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => HearEverywhere(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static Lazy<Task<Chromium>> Instance { get; } = new(
        async () => new(await ClientPackages.Run(trusted: null, "chromium.js")));

    /// <summary>Makes a page known; what is said in it is passed on.</summary>
    public int Add(Action<string> hear)
    {
        var number = Interlocked.Increment(ref lastPage);
        pages[number] = hear;
        return number;
    }

    public void Remove(int number) => pages.TryRemove(number, out _);

    /// <summary>Sends a command, given as the elements of its JSON array.</summary>
    public void Send(int number, string command)
    {
        lock (process) process.StandardInput.WriteLine($"[{number},{command}]");
    }

    public async Task Close()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TestHost.Patience);
        await process.WaitForExitAsync(patience.Token);
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line?.Split(' ', 2) is [var number, var said] && pages.TryGetValue(int.Parse(number), out var hear)) hear(said);
    }

    private void HearEverywhere(string? line)
    {
        foreach (var hear in pages.Values) hear("stderr " + line);
    }
}

/// <summary>Closes Chromium, if it was started, when the run ends.</summary>
public sealed class ChromiumEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (Chromium.Instance.IsValueCreated) await (await Chromium.Instance.Value).Close();
    }
}
