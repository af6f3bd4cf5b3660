using System.Text;

namespace Parley.Log.Tests;

/// <summary>Short ways to say what is appended.</summary>
internal static class Appends
{
    /// <summary>An append to one stream, under a new command id.</summary>
    public static Append To(string stream, int expected, params string[] types) =>
        Command(NewId(), Part(stream, expected, types));

    public static Append Command(string id, params StreamAppend[] parts) => new(id, parts);

    public static StreamAppend Part(string stream, int expected, params string[] types) =>
        new(stream, expected, [.. types.Select(Event)]);

    public static NewEvent Event(string type) => new(type, Encoding.UTF8.GetBytes($"{{\"v\":1,\"of\":\"{type}\"}}"));

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Stores an append that must not fail.</summary>
    public static async Task StoreAsync(this IEventLog log, Append append) =>
        Assert.Equal(AppendOutcome.Stored, await log.AppendAsync(append));

    /// <summary>Events as "stream/version type", for comparing at a glance.</summary>
    public static string[] Told(this IEnumerable<LogEvent> events) => [.. events.Select(e => $"{e.Stream}/{e.Version} {e.Type}")];
}
