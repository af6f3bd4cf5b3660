using System.Globalization;
using Parley.Log.Sqlite;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary>
/// A process that writes a log, closing and opening it now and then, while everything it does to the disk is recorded.
/// </summary>
internal static class PowerLossWriter
{
    public const int Streams = 8;

    private const int Rounds = 3, CommandsPerRound = 60, MaxEventBytes = 6_000;

    public static async Task RunAsync(string directory, string recording, int seed)
    {
        using var recorder = new DiskRecorder(recording);
        foreach (var name in (string[])["log.db", "log.db-wal"])
            if (File.Exists(Path.Combine(directory, name)))
                recorder.Opened(Path.Combine(directory, name), existed: true);
        RecordingVfs.Install(recorder);
        for (var round = 0; round < Rounds; round++)
        {
            await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { DataDirectory = directory });
            await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => Task.Run(
                () => WriteAsync(log, string.Create(CultureInfo.InvariantCulture, $"chat/{i}"), new Random(seed + round + i), recorder))));
        }
    }

    /// <summary>Each command puts one event in the stream and one, of the same version, in its twin.</summary>
    private static async Task WriteAsync(IEventLog log, string stream, Random random, DiskRecorder recorder)
    {
        var first = await log.VersionAsync(stream) + 1;
        if (first > 1) recorder.Acknowledged(stream, first - 1); // what was read must last as well
        for (var version = first; version < first + CommandsPerRound; version++)
        {
            var bytes = new byte[random.Next(MaxEventBytes)];
            random.NextBytes(bytes);
            await log.StoreAsync(Appends.Command(
                $"{stream}:{version}",
                new StreamAppend(stream, version - 1, [new NewEvent("a", bytes)]),
                new StreamAppend("twin/" + stream, version - 1, [new NewEvent("b", bytes)])));
            recorder.Acknowledged(stream, version);
        }
    }
}
