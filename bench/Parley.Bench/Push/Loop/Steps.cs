using System.Diagnostics;

namespace Parley.Bench.Push.Loop;

/// <summary>What many clients do one after the other, a few of them at a time.</summary>
internal sealed class Steps(EventLoop loop)
{
    private const int AtOnce = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private int done;

    /// <summary>Has these clients take a step, some at a time; answers how long it took.</summary>
    /// <exception cref="IOException">There is no progress.</exception>
    public TimeSpan Each<TClient>(TClient[] clients, Action<TClient> step)
    {
        var start = Stopwatch.GetTimestamp();
        var begun = 0;
        for (done = 0; done < clients.Length;)
        {
            var before = done;
            while (begun < clients.Length && begun - before < AtOnce) step(clients[begun++]);
            if (!loop.RunDown(() => done == before ? 1 : 0, Patience))
                throw new IOException($"{clients.Length - before} of {clients.Length} clients make no progress");
        }
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A client has done what it was asked to do.</summary>
    public void Done() => done++;
}
