using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests.Cuts;

/// <summary>Events that several publishers number for one receiver, each on its own, and the list of what has come.</summary>
/// <remarks>A publisher waits while the receiver lacks as many of its events as <see cref="Window"/> says.</remarks>
internal sealed class NumberedEvents : IDisposable
{
    private const int Window = 4;
    private const int Largest = 50_000;

    private readonly Publisher[] publishers;
    private readonly CancellationTokenSource enough = new();
    private Task publishing = Task.CompletedTask;

    /// <param name="random">Decides on sizes and channels.</param>
    /// <param name="ways">How each publisher publishes: the channel, and the data as JSON.</param>
    public NumberedEvents(Random random, params Func<string, string, Task>[] ways) =>
        publishers = [.. ways.Select((way, number) => new Publisher(number, way, new Random(random.Next())))];

    public int Received => publishers.Sum(p => p.Received);

    public bool AllReceived => publishers.All(p => p.Received == p.Published);

    /// <summary>Publishes from all sides at once, on one of these channels each time, until it is enough.</summary>
    public void Begin(params string[] channels) =>
        publishing = Task.WhenAll(publishers.Select(p => Task.Run(() => p.Publish(channels, enough.Token))));

    /// <summary>Stops the publishers; one last event, which is not lazy, takes along what waits.</summary>
    public async Task End(string channel)
    {
        await enough.CancelAsync();
        await publishing;
        await publishers[0].Publish(channel);
    }

    /// <summary>The receiver got this: it must be the next of its publisher, and whole.</summary>
    public void Receive(JsonNode evt)
    {
        var data = evt["data"]!;
        var publisher = publishers[(int)data["by"]!];
        var (number, size, text) = ((int)data["n"]!, (int)data["size"]!, (string)data["text"]!);
        Assert.True(number == publisher.Received, $"Publisher {data["by"]}: {number} came, {publisher.Received} was next.");
        Assert.Equal(TextOf(number, size), text);
        publisher.Arrived();
    }

    public void Dispose()
    {
        enough.Dispose();
        foreach (var publisher in publishers) publisher.Dispose();
    }

    private static string TextOf(int number, int size) => new((char)('a' + (number % 26)), size);

    private sealed class Publisher(int number, Func<string, string, Task> way, Random random) : IDisposable
    {
        private readonly SemaphoreSlim window = new(Window);

        public int Published { get; private set; }

        public int Received { get; private set; }

        public async Task Publish(string[] channels, CancellationToken enough)
        {
            try
            {
                while (true)
                {
                    await window.WaitAsync(enough);
                    await Publish(random.OneOf<string>(channels));
                }
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                // it is enough
            }
        }

        public Task Publish(string channel)
        {
            var size = random.OfAnyMagnitude(10, Largest);
            var data = $$"""{"by":{{number}},"n":{{Published}},"size":{{size}},"text":"{{TextOf(Published, size)}}"}""";
            Published++;
            return way(channel, data);
        }

        public void Arrived()
        {
            Received++;
            window.Release();
        }

        public void Dispose() => window.Dispose();
    }
}
