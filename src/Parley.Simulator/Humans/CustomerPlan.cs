using Parley.Simulator.Options;

namespace Parley.Simulator.Humans;

/// <summary>Everything that a customer has decided before coming.</summary>
/// <param name="Number">From 1, in the order of coming.</param>
/// <param name="At">When the customer comes, from the beginning.</param>
/// <param name="Patience">How long the customer waits for an agent.</param>
/// <param name="Turns">What is said; no text twice.</param>
/// <param name="Push">How a customer on CometD is pushed.</param>
/// <param name="LosesConnections">Whether the connection is lost now and then.</param>
internal sealed record CustomerPlan(
    int Number, TimeSpan At, string Nickname, Door Door, TimeSpan Patience, IReadOnlyList<Turn> Turns, Push Push,
    bool LosesConnections)
{
    public static CustomerPlan Of(SimulatorOptions options, int number, TimeSpan at)
    {
        var chance = new Chance(options.Seed, $"customer {number}");
        return new CustomerPlan(
            number, at, Words.Name(chance, number), options.Doors.Pick(chance), chance.Until(options.Patience),
            TurnsOf(options, chance), chance.Of(Pushes), chance.Happens(options.Reconnects));
    }

    private static Push[] Pushes { get; } = [Push.WebSocket, Push.LongPolling];

    private static Turn[] TurnsOf(SimulatorOptions options, Chance chance)
    {
        var turns = new Dictionary<string, Turn>();
        for (var count = chance.AtLeastOne(options.Messages); turns.Count < count;)
        {
            var turn = Turn.Of(options, chance);
            turns.TryAdd(turn.Text, turn);
        }
        return [.. turns.Values];
    }
}

/// <summary>How a client is pushed.</summary>
internal enum Push
{
    WebSocket,
    LongPolling,
}

/// <summary>Who comes when: a Poisson process, the same for the same seed.</summary>
internal static class ArrivalPlan
{
    public static IEnumerable<CustomerPlan> Of(SimulatorOptions options)
    {
        var chance = new Chance(options.Seed, "arrivals");
        var mean = TimeSpan.FromMinutes(1 / options.CustomersPerMinute);
        var at = chance.Until(mean);
        for (var number = 1; at < options.Length; number++, at += chance.Until(mean))
            yield return CustomerPlan.Of(options, number, at);
    }
}
