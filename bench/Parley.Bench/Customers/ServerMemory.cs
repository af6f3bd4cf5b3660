namespace Parley.Bench.Customers;

/// <summary>The memory a server process holds when it has had time and occasion to give back what it does not need.</summary>
internal sealed class ServerMemory(int pid, ServerCost cost)
{
    private const int Collections = 4;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>Resident bytes after collections of garbage.</summary>
    /// <param name="wait">Has the customers go on as before for a while.</param>
    public long After(Action<TimeSpan> wait)
    {
        for (var i = 0; i < Collections; i++)
        {
            wait(Settle);
            DiagnosticsPort.CollectGarbage(pid);
        }
        wait(Settle);
        cost.Start();
        return cost.Stop().Memory;
    }
}
