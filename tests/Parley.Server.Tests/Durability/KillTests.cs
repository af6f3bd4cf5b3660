using System.Globalization;

namespace Parley.Server.Tests.Durability;

/// <summary>Alone on the machine's cores: the load and the start-ups need them.</summary>
[CollectionDefinition(nameof(KillTests), DisableParallelization = true)]
public sealed class KillTestsRunAlone;

/// <summary>
/// The server's promise at its hardest: what it acknowledged survives SIGKILL, exactly once, and the work goes on.
/// </summary>
[Collection(nameof(KillTests))]
public sealed class KillTests(ITestOutputHelper output)
{
    private const string SeedVariable = "PARLEY_KILL_SEED";
    private const int Kills = 22;
    private const int TextsPerKill = 20;
    private const int Customers = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_exactly_once_and_open_chats_go_on()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"{SeedVariable}={seed}");
        using var patience = new CancellationTokenSource(Patience);
        await using var server = new ChildServer();
        try
        {
            await PlayAsync(new World(server, patience.Token), seed);
        }
        catch
        {
            output.WriteLine(server.Output);
            throw;
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    private async Task PlayAsync(World world, int seed)
    {
        using var endOfShift = CancellationTokenSource.CreateLinkedTokenSource(world.Cancel);
        var customers = Enumerable.Range(1, Customers)
            .Select(n => new CustomerUnderKill(n, world, new Random(seed + n), n % 2 == 0 ? Repeats.WithSameKey : Repeats.Never))
            .ToArray();
        var agents = Enumerable.Range(1, 3)
            .Select(n =>
                new AgentUnderKill($"agent{n}", world, new Random(seed - n), n == 3 ? Repeats.Never : Repeats.WithSameKey))
            .ToArray();

        await world.Server.StartAsync(world.Cancel);
        world.ServerIsBack();
        var chatting = Task.WhenAll(customers.Select(customer => Task.Run(customer.PlayAsync)));
        var working = Task.WhenAll(agents.Select(agent => Task.Run(() => agent.PlayAsync(endOfShift.Token))));
        await KillAgainAndAgainAsync(world, agents, new Random(seed), Task.WhenAny(chatting, working));

        world.Finish();
        // agents stop only when told to: if they are first, something broke
        await await Task.WhenAny(chatting, working);
        try
        {
            while (!agents.All(agent => agent.IsIdle)) await Task.Delay(20, world.Cancel);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Somebody has work left: {string.Join('\n', agents.Select(agent => agent.AtWorkOn))}");
        }
        await endOfShift.CancelAsync();
        await working;

        await VerifyAsync(world, customers);
        foreach (var customer in customers) customer.Dispose();
        foreach (var agent in agents) agent.Dispose();
    }

    private static async Task KillAgainAndAgainAsync(
        World world, IReadOnlyList<AgentUnderKill> agents, Random random, Task anyStopped)
    {
        for (var kill = 1; kill <= Kills && !anyStopped.IsCompleted; kill++)
        {
            // the moment is the test's subject, not a wait for something to happen
            var told = Acknowledged(world);
            await Task.WhenAny(Task.Delay(random.Next(50, 600), world.Cancel), anyStopped);
            // on a slow machine as well, each run of the server has had something to lose
            while (Acknowledged(world) < told + TextsPerKill && !anyStopped.IsCompleted) await Task.Delay(20, world.Cancel);
            world.ServerIsGone();
            await world.Server.KillAsync();
            await world.Server.StartAsync(world.Cancel);
            Assert.Empty(await PlacesCheck.FaultsAsync(agents));
            world.ServerIsBack();
        }
    }

    private static int Acknowledged(World world) =>
        world.Chats.Values.SelectMany(chat => chat.Texts()).Count(text => text.Fate == Fate.Acknowledged);

    private async Task VerifyAsync(World world, IReadOnlyList<CustomerUnderKill> customers)
    {
        using var wire = new WireClient(world.Server.Url);
        var faults = new List<string>();
        foreach (var chat in world.Chats.Values.Where(chat => chat.SecureKey is not null))
        {
            if (await CustomerView.ReadAsync(wire, chat, world.Cancel) is { } told)
                faults.AddRange(StoryChecker.Faults(chat, told));
            else faults.Add($"chat {chat.Id} is not told to its customer");
        }

        var texts = world.Chats.Values.SelectMany(chat => chat.Sent.Values).SelectMany(sent => sent).ToLookup(text => text.Fate);
        output.WriteLine(
            $"{Kills} kills; {world.Chats.Count} chats, "
            + $"{world.Chats.Values.Count(chat => chat.WholeUpTo > 0)} read whole by an agent; texts: "
            + $"{texts[Fate.Acknowledged].Count()} acknowledged, {texts[Fate.Unknown].Count()} unknown, "
            + $"{texts[Fate.Refused].Count()} refused; "
            + $"{world.CreatesUnknown} creates unknown; {customers.Sum(customer => customer.ChatsWentOn)} open chats went on");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));
        Assert.True(texts[Fate.Acknowledged].Count() > TextsPerKill * Kills, "There was too little load for the test to mean anything.");
        Assert.True(customers.Sum(customer => customer.ChatsWentOn) > 0, "No chat was open at the end to go on.");
    }
}
