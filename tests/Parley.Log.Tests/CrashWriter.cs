using System.Globalization;
using Parley.Log.Sqlite;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

/// <summary>A process that writes until it is killed, and says "stream version ." for all that was acknowledged.</summary>
internal static class CrashWriter
{
    public static async Task RunAsync(string directory)
    {
        await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { DataDirectory = directory });
        using var output = Console.OpenStandardOutput();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            var stream = string.Create(CultureInfo.InvariantCulture, $"chat/{i}");
            for (var version = await log.VersionAsync(stream) + 1; ; version++)
            {
                await log.StoreAsync(Command(
                    $"{stream}:{version}", Part(stream, version - 1, "a"), Part("twin/" + stream, version - 1, "b")));
                var line = System.Text.Encoding.ASCII.GetBytes($"{stream} {version} .\n");
                lock (gate) output.Write(line);
            }
        })));
    }
}
