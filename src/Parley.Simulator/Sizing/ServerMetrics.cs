using System.Globalization;

namespace Parley.Simulator.Sizing;

/// <summary>Reads the server's <c>/metrics</c>, where it may be read.</summary>
/// <param name="requests">Says what has been asked of the server so far.</param>
internal sealed class ServerMetrics(Uri server, Func<long> requests) : IDisposable
{
    private const string Cpu = "dotnet_process_cpu_time_seconds_total";
    private const string Memory = "dotnet_process_memory_working_set_bytes";
    private const double Megabyte = 1024 * 1024;
    private const int LargestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(2);

    private readonly HttpClient http = new()
    {
        BaseAddress = server, Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly List<ServerReading> readings = [];

    /// <summary>What the server uses; null if too little could be read.</summary>
    public ServerCost? Cost => ServerCost.Of(readings);

    /// <summary>Reads now and every few seconds, and once more at the end.</summary>
    public async Task WatchAsync(TimeProvider clock, CancellationToken end)
    {
        using var timer = new PeriodicTimer(BetweenReadings, clock);
        try
        {
            do
            {
                await ReadAsync();
            }
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            await ReadAsync();
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The reading in a text of Prometheus' format; null if it says nothing of processor time.</summary>
    public static ServerReading? Parse(string text, long requests) =>
        Sum(text, Cpu) is { } cpu ? new ServerReading(cpu, (Sum(text, Memory) ?? 0) / Megabyte, requests) : null;

    private async Task ReadAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/metrics", UriKind.Relative));
            if (answer.IsSuccessStatusCode && Parse(await answer.Content.ReadAsStringAsync(), requests()) is { } reading)
                readings.Add(reading);
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or OperationCanceledException)
        {
            // a server that says nothing of itself is simulated all the same
        }
    }

    /// <summary>The series of a metric added up; the value is the last word of a line.</summary>
    private static double? Sum(string text, string name)
    {
        double? sum = null;
        foreach (var line in text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)))
        {
            if (line[name.Length..] is [' ' or '{', ..]
                && double.TryParse(line.Split(' ')[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                sum = (sum ?? 0) + value;
        }
        return sum;
    }
}
