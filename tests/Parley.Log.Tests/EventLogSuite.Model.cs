using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

public abstract partial class EventLogSuite
{
    [Fact]
    public async Task Random_appends_agree_with_a_simple_model()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_SEED={seed}");
        var random = new Random(seed);
        var model = new ModelLog();
        var commands = new List<string>();

        for (var step = 0; step < 400; step++)
        {
            var append = RandomAppend(random, model, commands);
            commands.Add(append.CommandId);
            Assert.True(model.Append(append) == await Log.AppendAsync(append), $"Step {step} of PARLEY_SEED={seed}: {append}");
        }

        foreach (var stream in model.Streams)
        {
            var events = model.Events.Where(e => e.Stream == stream).ToList();
            var after = random.Next(events.Count + 1);
            var command = commands[random.Next(commands.Count)];
            Assert.Equal(events.Count, await Log.VersionAsync(stream));
            Assert.Equal(events.Skip(after).Told(), (await Log.ReadAsync(stream, after)).Told());
            Assert.Equal(events.Where(e => e.CommandId == command).Told(), (await Log.FindAsync(stream, command)).Told());
        }
        Assert.Equal(model.Live, await Log.LiveStreamsAsync(""));
        await using var follower = new Follower(Log, Cursor.Beginning);
        Assert.Equal(model.Events.Told(), (await follower.EventsAsync(model.Events.Count)).Told());
    }

    private static Append RandomAppend(Random random, ModelLog model, List<string> commands)
    {
        var id = commands.Count > 0 && random.Next(6) == 0 ? commands[random.Next(commands.Count)] : $"command {commands.Count}";
        var streams = Enumerable.Range(0, 6).Select(i => $"stream/{i}").ToArray();
        random.Shuffle(streams);
        return Command(id,
        [
            .. streams.Take(random.Next(1, 4)).Select(stream =>
                Part(
                    stream,
                    Math.Max(0, model.Version(stream) + (random.Next(10) == 0 ? random.Next(-2, 2) : 0)),
                    [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{id}.{i}")])
                with { Life = (StreamLife)random.Next(3) }),
        ]);
    }

    /// <summary>The log as a list.</summary>
    private sealed class ModelLog
    {
        private readonly SortedDictionary<string, int> began = new(StringComparer.Ordinal);

        public List<LogEvent> Events { get; } = [];

        public IEnumerable<string> Streams => Events.Select(e => e.Stream).Distinct();

        public IEnumerable<LiveStream> Live => began.Select(pair => new LiveStream(pair.Key, pair.Value));

        public int Version(string stream) => Events.Count(e => e.Stream == stream);

        public AppendOutcome Append(Append append)
        {
            if (append.Streams.Any(part => Events.Exists(e => e.Stream == part.Stream && e.CommandId == append.CommandId)))
                return AppendOutcome.Repeated;
            if (append.Streams.Any(part => Version(part.Stream) != part.ExpectedVersion)) return AppendOutcome.Stale;
            foreach (var part in append.Streams)
            {
                if (part.Life == StreamLife.Begins) began[part.Stream] = part.ExpectedVersion + 1;
                if (part.Life == StreamLife.Ends) began.Remove(part.Stream);
                foreach (var e in part.Events)
                    Events.Add(new LogEvent(
                        part.Stream, Version(part.Stream) + 1, Events.Count + 1, e.Type, e.Data, append.CommandId));
            }
            return AppendOutcome.Stored;
        }
    }
}
