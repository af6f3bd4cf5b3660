using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>
/// Two who press their buttons at the same instant: whatever the order in which the log takes them, on one node or on two, the
/// outcome is that of one after the other; who comes too late gets a clear refusal, and nobody is left with a ghost of a chat.
/// </summary>
public sealed class RaceTests
{
    public static TheoryData<int, string> Races =>
        [.. RaceTable.All.Select((race, i) => new TheoryDataRow<int, string>(i, race.ToString()))];

    [Theory]
    [MemberData(nameof(Races))]
    public async Task Every_order_ends_as_one_after_the_other(int index, string title)
    {
        var race = RaceTable.All[index];
        string[] legal = [await OneAfterTheOther(race, race.One, race.Two), await OneAfterTheOther(race, race.Two, race.One)];
        foreach (var nodes in (int[])[1, 2])
        foreach (var (early, late) in ((Command, Command)[])[(race.One, race.Two), (race.Two, race.One)])
        foreach (var order in Enum.GetValues<Order>())
        {
            var ending = await AtOnce(race, early, late, nodes, order);
            if (race.Afterwards == Afterwards.Either) continue;
            Assert.True(legal.Contains(ending), $"{title}, {nodes} nodes, {early} first, {order}:\n{ending}\n{legal[0]}");
        }
    }

    private static async Task<string> OneAfterTheOther(Race race, Command first, Command second)
    {
        await using var arena = await Arena.Open(race.Preparation);
        var one = await first.Run(arena, arena.Nodes[0]);
        Assert.True(one is null, $"{race}: {first} was refused, though it was first: {one?.Message}");
        await arena.Settle();
        var two = await second.Run(arena, arena.Nodes[0]);
        await arena.Settle();
        CheckSecond(race, second, two);
        return await Ending(arena, race, first == race.One ? one : two, first == race.One ? two : one);
    }

    private static async Task<string> AtOnce(Race race, Command early, Command late, int nodes, Order order)
    {
        await using var arena = await Arena.Open(race.Preparation);
        arena.Log.IsHolding = true;
        var first = Start(arena, early, arena.Nodes[0]);
        var second = Start(arena, late, arena.Nodes[nodes - 1]);
        arena.Log.IsHolding = false;
        (Task, TaskCompletionSource?)[] both = order == Order.AsStarted ? [first, second] : [second, first];
        foreach (var (task, gate) in both)
        {
            // without a gate it waits for its turn, which the other has
            gate?.SetResult();
            if (gate is not null) await task.WaitAsync(Eventually.Patience);
        }
        var (one, two) = (await first.Task.WaitAsync(Eventually.Patience), await second.Task.WaitAsync(Eventually.Patience));
        await arena.Settle();
        Assert.True(one is null || two is null, $"{race}: nobody came first: {one?.Message} {two?.Message}");
        return await Ending(arena, race, early == race.One ? one : two, early == race.One ? two : one);
    }

    private static (Task<Rejection?> Task, TaskCompletionSource? Gate) Start(Arena arena, Command command, Node node)
    {
        var heldBefore = arena.Log.HeldCount;
        var task = command.Run(arena, node);
        return (task, arena.Log.HeldCount > heldBefore ? arena.Log.TakeHeld() : null);
    }

    private static void CheckSecond(Race race, Command second, Rejection? refused)
    {
        bool? expected = race.Afterwards switch
        {
            Afterwards.Refused => true,
            Afterwards.Accepted => false,
            Afterwards.OneIsRefused => second == race.One,
            Afterwards.TwoIsRefused => second == race.Two,
            _ => null,
        };
        var what = refused is null ? "accepted" : $"refused: {refused.Message}";
        Assert.True(expected is null || expected == refused is not null, $"{race}: {second} as the second is {what}");
    }

    private static async Task<string> Ending(Arena arena, Race race, Rejection? one, Rejection? two)
    {
        foreach (var refused in (Rejection?[])[one, two])
        {
            if (refused is null) continue;
            Assert.True(
                refused.Reason is Reason.InvalidInState or Reason.Forbidden or Reason.NotFound, $"{race}: {refused.Reason}");
            Assert.NotEmpty(refused.Message);
        }
        return $"{one?.Message ?? "done"}, {two?.Message ?? "done"}\n{await Legality.Describe(arena)}";
    }

    /// <summary>In which order the log takes what two have decided.</summary>
    private enum Order
    {
        AsStarted,
        Reversed,
    }
}
