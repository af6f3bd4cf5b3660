using System.Collections.Concurrent;
using Parley.Simulator.Humans;

namespace Parley.Simulator.Customers;

/// <summary>Where customers come from: each at the planned time, however the others fare.</summary>
internal sealed class Street(Shift shift)
{
    private readonly ConcurrentDictionary<int, Task> staying = new();

    /// <summary>Customers come until the plan ends or the simulation is over; returns when the last has gone.</summary>
    /// <param name="closed">Called when no more come.</param>
    public async Task RunAsync(Action closed)
    {
        var opened = shift.Time.GetTimestamp();
        foreach (var plan in ArrivalPlan.Of(shift.Options))
        {
            var early = plan.At - shift.Time.GetElapsedTime(opened);
            if (early > TimeSpan.Zero && !await shift.PassAsync(early)) break;
            if (shift.Closing.IsCancellationRequested) break;
            staying[plan.Number] = Task.Run(() => StayAsync(plan));
        }
        var left = shift.Options.Length - shift.Time.GetElapsedTime(opened);
        if (left > TimeSpan.Zero) await shift.PassAsync(left);
        closed();
        await Task.WhenAll(staying.Values);
    }

    private async Task StayAsync(CustomerPlan plan)
    {
        await using var customer = new Customer(shift, plan);
        await customer.StayAsync();
        staying.TryRemove(plan.Number, out _);
    }
}
