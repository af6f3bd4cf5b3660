using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

public sealed class PowerLossTests : IDisposable
{
    private const int Generations = 3, CutsPerGeneration = 20;

    /// <summary>The steps in which a log is made; some of the cuts are among them.</summary>
    private const int FirstSteps = 100;

    private readonly string root = Directory.CreateTempSubdirectory("parley-power-").FullName;
    private readonly int seed = Random.Shared.Next();
    private readonly Random random;

    public PowerLossTests()
    {
        random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed of the power cuts: {seed}");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_wherever_the_power_goes_again_and_again()
    {
        var acknowledged = new Dictionary<string, int>();
        var data = Folder("data-0");
        for (var generation = 1; generation <= Generations; generation++)
        {
            var recording = await RecordAsync(data);
            var goesOn = random.Next(CutsPerGeneration / 2, CutsPerGeneration);
            var next = acknowledged;
            foreach (var (cut, disk) in Cuts(recording, CutsPerGeneration, new ForgetfulDisk(), acknowledged))
            {
                var image = Folder($"image-{generation}-{cut}");
                disk.LosePower(random, image);
                if (cut == goesOn)
                {
                    // the next process finds what this power cut left, before anybody has looked at it
                    data = Folder($"data-{generation}");
                    foreach (var file in Directory.GetFiles(image)) File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
                    next = new Dictionary<string, int>(disk.Acknowledged);
                }
                var loss = await LossAsync(image, disk.Acknowledged);
                Assert.True(loss is null, $"Generation {generation}, cut {cut}: {loss}");
            }
            acknowledged = next;
        }
    }

    [Fact]
    public async Task The_check_sees_a_log_that_does_not_flush()
    {
        var recording = await RecordAsync(Folder("data"));
        var losses = 0;
        foreach (var (cut, disk) in Cuts(recording, 10, new ForgetfulDisk { IgnoresFlushes = true }, []))
        {
            var image = Folder($"image-{cut}");
            disk.LosePower(random, image);
            if (await LossAsync(image, disk.Acknowledged) is not null) losses++;
        }
        Assert.InRange(losses, 1, 10);
    }

    /// <summary>A recording of a process that writes the log of a directory.</summary>
    private async Task<string> RecordAsync(string data)
    {
        var recording = Path.Combine(root, "recording");
        using var writer = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "exec", typeof(PowerLossWriter).Assembly.Location, "power-loss-writer", data, recording,
                seed.ToString(CultureInfo.InvariantCulture),
            },
        })!;
        await writer.WaitForExitAsync();
        Assert.Equal(0, writer.ExitCode);
        return recording;
    }

    /// <summary>The disk as it was after a random number of steps, as often as asked, ordered by time.</summary>
    private IEnumerable<(int Cut, ForgetfulDisk Disk)> Cuts(
        string recording, int count, ForgetfulDisk disk, Dictionary<string, int> acknowledged)
    {
        foreach (var (stream, version) in acknowledged) disk.Acknowledged[stream] = version;
        var found = DiskRecorder.Read(recording).TakeWhile(one => one.Kind == DiskStepKind.Found).Count();
        var steps = DiskRecorder.Read(recording).Count() - found;
        var cuts = Enumerable.Range(0, count).Select(i => found + random.Next(i % 4 == 0 ? FirstSteps : steps)).Order().ToArray();
        var (step, cut) = (0, 0);
        foreach (var one in DiskRecorder.Read(recording))
        {
            for (; cut < count && cuts[cut] == step; cut++) yield return (cut, disk);
            disk.Take(one);
            step++;
        }
    }

    /// <summary>What is wrong with the log that a power cut left; null if nothing is.</summary>
    private static async Task<string?> LossAsync(string image, Dictionary<string, int> acknowledged)
    {
        try
        {
            await CheckAsync(image, acknowledged);
            return null;
        }
        catch (Exception e) when (e is LogRefusedException or LogUnavailableException or Xunit.Sdk.XunitException)
        {
            return e.Message;
        }
    }

    private static async Task CheckAsync(string image, Dictionary<string, int> acknowledged)
    {
        using var directory = new DataDirectory(image);
        await using (var log = await directory.OpenAsync())
        {
            var stored = 0;
            for (var i = 0; i < PowerLossWriter.Streams; i++)
            {
                var stream = $"chat/{i}";
                var events = await log.ReadAsync(stream);
                var twins = await log.ReadAsync("twin/" + stream);
                var told = acknowledged.GetValueOrDefault(stream);
                Assert.InRange(events.Count, told, told + 1);
                Assert.Equal(Enumerable.Range(1, events.Count).Select(v => $"{stream}:{v}"), events.Select(e => e.CommandId));
                Assert.Equal(events.Select(e => (e.Version, e.CommandId)), twins.Select(e => (e.Version, e.CommandId)));
                Assert.All(events.Zip(twins), pair => Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray()));
                stored += events.Count + twins.Count;
            }
            await using var follower = new Follower(log, Cursor.Beginning);
            var positions = (await follower.EventsAsync(stored)).Select(e => e.Position);
            Assert.Equal(Enumerable.Range(1, stored).Select(p => (long)p), positions);
            await log.StoreAsync(Appends.To("chat/new", 0, "a"));
        }
        using var database = directory.Intrude();
        Assert.Equal("ok", database.Ask("pragma integrity_check"));
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;
}
