using System.Globalization;
using Parley.Log;
using Parley.Log.Sqlite;

namespace Parley.Server.Tests.Durability;

/// <summary>Backups of a server that is at work, by another process: each is a moment of its history, whole.</summary>
[Collection(nameof(KillTests))]
public sealed class BackupUnderLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int Backups = 4, Customers = 8, TextsBetween = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string root = Directory.CreateTempSubdirectory("parley-backup-").FullName;

    /// <summary>A backup, and the texts that were acknowledged before it began.</summary>
    private sealed record Taken(string Folder, IReadOnlySet<string> Acknowledged);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_backup_of_a_server_at_work_has_all_that_was_acknowledged_before_and_no_half_of_a_command()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed of the load: {seed}");
        using var patience = new CancellationTokenSource(Patience);
        await using var server = new ChildServer();
        try
        {
            await PlayAsync(new World(server, patience.Token), seed);
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    private async Task PlayAsync(World world, int seed)
    {
        var taken = await WorkAndBackUpAsync(world, seed);
        await world.Server.KillAsync();
        taken.Add(await BackUpAsync(world, Backups));

        var history = await HistoryAsync(world.Server.Data, world.Cancel);
        foreach (var backup in taken) await CheckAsync(world, backup, history);
    }

    private async Task<List<Taken>> WorkAndBackUpAsync(World world, int seed)
    {
        using var endOfShift = CancellationTokenSource.CreateLinkedTokenSource(world.Cancel);
        var customers = Enumerable.Range(1, Customers)
            .Select(n => new CustomerUnderKill(n, world, new Random(seed + n), Repeats.Never)).ToArray();
        var agents = Enumerable.Range(1, 3)
            .Select(n => new AgentUnderKill($"agent{n}", world, new Random(seed - n), Repeats.Never)).ToArray();
        await world.Server.StartAsync(world.Cancel);
        world.ServerIsBack();
        var all = Task.WhenAll(
            [.. customers.Select(c => Task.Run(c.PlayAsync)), .. agents.Select(a => Task.Run(() => a.PlayAsync(endOfShift.Token)))]);

        var taken = new List<Taken>();
        for (var i = 0; i < Backups; i++)
        {
            var said = Acknowledged(world).Count;
            while (Acknowledged(world).Count < said + TextsBetween) await Task.Delay(10, world.Cancel);
            taken.Add(await BackUpAsync(world, i));
            Assert.True(Acknowledged(world).Count > taken[^1].Acknowledged.Count, "Nothing was said while the backup was made.");
        }
        world.Finish();
        while (world.Chats.Values.Any(chat => chat.SecureKey is not null && !chat.EndAcknowledged) && !all.IsCompleted)
            await Task.Delay(20, world.Cancel);
        await endOfShift.CancelAsync();
        await all;
        foreach (var customer in customers) customer.Dispose();
        foreach (var agent in agents) agent.Dispose();
        return taken;
    }

    private async Task<Taken> BackUpAsync(World world, int number)
    {
        var backup = new Taken(Path.Combine(root, number.ToString(CultureInfo.InvariantCulture)), Acknowledged(world));
        var (code, said) = await ChildServer.RunAsync("backup", "--data", world.Server.Data, "--to", backup.Folder);
        Assert.True(code == 0, said);
        return backup;
    }

    private static HashSet<string> Acknowledged(World world) =>
        [.. world.Chats.Values.SelectMany(chat => chat.Texts()).Where(text => text.Fate == Fate.Acknowledged).Select(text => text.Text)];

    private async Task CheckAsync(World world, Taken backup, List<LogEvent> history)
    {
        var data = backup.Folder + "-restored";
        var (code, said) = await ChildServer.RunAsync("restore", "--from", backup.Folder, "--to", data);
        Assert.True(code == 0, said);
        var restored = await HistoryAsync(data, world.Cancel);
        Assert.NotEmpty(restored);
        Assert.Equal(Lines(history.Take(restored.Count)), Lines(restored));
        Assert.NotEqual(restored[^1].CommandId, history.ElementAtOrDefault(restored.Count)?.CommandId);

        await using var server = new ChildServer(data);
        await server.StartAsync(world.Cancel);
        using var wire = new WireClient(server.Url);
        var (faults, found) = (new List<string>(), 0);
        foreach (var chat in world.Chats.Values.Where(chat => chat.SecureKey is not null))
        {
            var known = AsKnownBefore(chat, backup.Acknowledged);
            var isDemanded = known.Texts().Any(text => text.Fate == Fate.Acknowledged);
            found += known.Texts().Count(text => text.Fate == Fate.Acknowledged);
            if (await CustomerView.ReadAsync(wire, known, world.Cancel) is { } told) faults.AddRange(StoryChecker.Faults(known, told));
            else if (isDemanded) faults.Add($"chat {chat.Id} is not told to its customer");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));
        output.WriteLine($"{restored.Count} of {history.Count} events; {found} texts acknowledged before it");
    }

    /// <summary>
    /// The chat as its people knew it when a backup began: what was not acknowledged by then may be in it or not.
    /// </summary>
    private static ChatRecord AsKnownBefore(ChatRecord chat, IReadOnlySet<string> acknowledged)
    {
        var known = new ChatRecord(chat.Id) { SecureKey = chat.SecureKey };
        foreach (var (sender, texts) in chat.Sent)
        {
            foreach (var text in texts)
                known.AddSent(sender, text.Text).Fate = acknowledged.Contains(text.Text) ? Fate.Acknowledged : Fate.Unknown;
        }
        for (var i = 0; i < chat.TypingSent; i++) known.AddTyping();
        return known;
    }

    /// <summary>Every event that a log holds, in order.</summary>
    private static async Task<List<LogEvent>> HistoryAsync(string data, CancellationToken cancel)
    {
        await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { DataDirectory = data });
        var (now, events) = (await log.NowAsync(cancel), new List<LogEvent>());
        if (now == PositionCursor.At(0)) return events;
        await foreach (var batch in log.FollowAsync(Cursor.Beginning, cancel))
        {
            events.AddRange(batch.Events);
            if (batch.Next == now) break;
        }
        return events;
    }

    private static IEnumerable<string> Lines(IEnumerable<LogEvent> events) => events.Select(
        e => $"{e.Position} {e.Stream}/{e.Version} {e.Type} {e.CommandId} {Convert.ToHexString(e.Data.Span)}");
}
