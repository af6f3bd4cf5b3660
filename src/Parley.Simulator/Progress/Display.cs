namespace Parley.Simulator.Progress;

/// <summary>
/// Shows how a simulation stands: on a terminal one line that is written anew every second, elsewhere a line every ten seconds.
/// </summary>
/// <param name="columns">How wide the terminal is; null for what is no terminal.</param>
internal sealed class Display(TextWriter output, int? columns, TimeProvider clock)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private int shown;

    /// <summary>Shows it until that is cancelled.</summary>
    public async Task RunAsync(Func<Snapshot> present, CancellationToken end)
    {
        using var timer = new PeriodicTimer(columns is null ? Elsewhere : OnTerminal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) Show($"{present()}");
        }
        catch (OperationCanceledException)
        {
            if (shown > 0) output.WriteLine();
        }
    }

    internal void Show(string line)
    {
        if (columns is not { } width)
        {
            output.WriteLine(line);
            return;
        }
        // some terminals say that they have no width
        var cut = width > 1 && line.Length >= width ? line[..(width - 1)] : line;
        output.Write("\r" + cut.PadRight(shown));
        output.Flush();
        shown = cut.Length;
    }
}
