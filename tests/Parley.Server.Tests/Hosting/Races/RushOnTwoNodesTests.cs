using System.Globalization;
using Parley.Log.Postgres;
using Parley.Tests.Shared;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>
/// Many who press buttons at once, on two nodes of one database: whatever the order, everything is legal once nothing is under
/// way, and both nodes know the same.
/// </summary>
public sealed class RushOnTwoNodesTests(ITestOutputHelper output)
{
    private const int Rounds = 12;
    private const int AtOnce = 5;

    private static readonly Command[] Commands = [.. RaceTable.All.SelectMany(race => new[] { race.One, race.Two })];

    public static TheoryData<Preparation> Preparations => [.. Enum.GetValues<Preparation>()];

    [Theory]
    [MemberData(nameof(Preparations))]
    public async Task Whatever_is_done_at_once_on_two_nodes_ends_legally(Preparation preparation)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"PARLEY_SEED={seed}");
        var random = new Random(seed);
        var database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        await using var one = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        await using var two = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        await using var arena = await Arena.Open(one, two, preparation);

        for (var round = 0; round < Rounds; round++)
        {
            var rush = random.GetItems(Commands, AtOnce);
            output.WriteLine(string.Join(", ", rush.Select(c => c.Name)));
            var refusals = await Task.WhenAll(rush.Select(command =>
            {
                var node = arena.Nodes[random.Next(arena.Nodes.Length)];
                return Task.Run(() => command.Run(arena, node));
            }));

            Assert.DoesNotContain(refusals, refusal => refusal is { Reason: Reason.Unavailable });
            await arena.Settle();
        }
    }
}
