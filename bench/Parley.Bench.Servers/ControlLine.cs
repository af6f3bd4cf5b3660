namespace Parley.Bench.Servers;

/// <summary>What the bench says to a server on standard input, and the answers; its end is the server's.</summary>
internal static class ControlLine
{
    public static void Serve()
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            if (line != "collect") continue;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine("collected");
        }
    }
}
