using System.Diagnostics;
using System.Globalization;

namespace Parley.Log.Tests.Sqlite;

public sealed class SqliteKillTests : IDisposable
{
    private readonly DataDirectory directory = new();
    private readonly Dictionary<string, int> acknowledged = [];

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_process_killed_while_it_writes_loses_nothing_it_acknowledged()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed of the moments of death: {seed}");
        var random = new Random(seed);

        for (var death = 0; death < 5; death++)
        {
            await WriteAndDieAsync(acknowledgements: random.Next(50, 3_000));
            await CheckAsync();
        }
    }

    /// <summary>Runs the writer, notes what it says it stored, and kills it in the middle.</summary>
    private async Task WriteAndDieAsync(int acknowledgements)
    {
        using var writer = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(CrashWriter).Assembly.Location, "crash-writer", directory.Root },
            RedirectStandardOutput = true,
        })!;
        try
        {
            while (await writer.StandardOutput.ReadLineAsync().WaitAsync(Follower.Patience) is { } line)
            {
                if (line.Split(' ') is [var stream, var version, "."])
                    acknowledged[stream] = int.Parse(version, CultureInfo.InvariantCulture);
                if (--acknowledgements == 0) writer.Kill();
            }
            Assert.True(acknowledgements <= 0, "The writer ended before it was killed.");
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }

    /// <summary>Each command of the writer puts one event in its own stream and one, of the same version, in its twin.</summary>
    private async Task CheckAsync()
    {
        await using var log = await directory.OpenAsync();
        await using var follower = new Follower(log, Cursor.Beginning);
        Assert.NotEmpty(acknowledged);
        var stored = 0;
        foreach (var (stream, version) in acknowledged)
        {
            var events = await log.ReadAsync(stream);
            var twins = await log.ReadAsync("twin/" + stream);
            Assert.InRange(events.Count, version, version + 1);
            Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.Version));
            Assert.Equal(Enumerable.Range(1, events.Count).Select(v => $"{stream}:{v}"), events.Select(e => e.CommandId));
            Assert.Equal(events.Select(e => (e.Version, e.CommandId)), twins.Select(e => (e.Version, e.CommandId)));
            stored += events.Count + twins.Count;
        }
        var told = await follower.EventsAsync(stored);
        Assert.Equal(told.Count, told.DistinctBy(e => (e.Stream, e.Version)).Count());
    }
}
