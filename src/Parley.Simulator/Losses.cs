using Parley.Simulator.Humans;

namespace Parley.Simulator;

/// <summary>A client that loses its connection now and then.</summary>
internal static class Losses
{
    private static readonly TimeSpan MeanConnection = TimeSpan.FromSeconds(60);

    /// <summary>Loses it again and again until the shift is over or it is told to end.</summary>
    /// <param name="whose">Whose chances decide when.</param>
    public static async Task RunAsync(Shift shift, string whose, Action lose, CancellationToken end)
    {
        var chance = new Chance(shift.Options.Seed, $"{whose}, connection");
        while (await shift.PassAsync(chance.Until(MeanConnection), end))
        {
            shift.Tally.ConnectionLost();
            lose();
        }
    }
}
