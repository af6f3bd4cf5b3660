using System.Diagnostics;

namespace Parley.Bayeux.Tests;

/// <summary>Waits for a condition that another thread brings about.</summary>
public static class Eventually
{
    public static async Task True(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TestHost.Patience, "The condition did not come true in time.");
            await Task.Delay(2);
        }
    }
}
