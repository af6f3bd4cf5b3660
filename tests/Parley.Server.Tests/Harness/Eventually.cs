using System.Diagnostics;

namespace Parley.Server.Tests.Harness;

/// <summary>Waiting for a condition to come true, with one generous limit for all waiting in this project.</summary>
internal static class Eventually
{
    /// <summary>How long anything may take before a test gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(15);

    /// <summary>Asks again and again until the answer is not null.</summary>
    /// <param name="ask">Returns what was waited for, or null and says in <paramref name="otherwise"/> what it saw.</param>
    /// <param name="otherwise">What to report when patience runs out.</param>
    public static async Task<T> Get<T>(Func<Task<T?>> ask, Func<string> otherwise) where T : class
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } found) return found;
            if (started.Elapsed > Patience) throw new TimeoutException(otherwise());
            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Asks again and again until the complaint is gone.</summary>
    /// <param name="complaint">What is still wrong; null when all is well.</param>
    public static async Task NoComplaint(Func<Task<string?>> complaint)
    {
        var last = "";
        await Get(async () => (last = await complaint()) is null ? "fine" : null, () => last ?? "");
    }

    /// <summary>Asks again and again until the answer is yes.</summary>
    public static Task True(Func<Task<bool>> ask) =>
        NoComplaint(async () => await ask() ? null : "what was waited for did not come true");
}
