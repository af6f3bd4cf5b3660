using System.Runtime.InteropServices;
using Parley.Simulator.Options;
using Parley.Simulator.Progress;

namespace Parley.Simulator;

/// <summary>
/// The command <c>simulate</c>: customers and agents who use a running server as people do, and a sizing table at the end.
/// </summary>
public static class SimulateCommand
{
    /// <summary>The lines of the help.</summary>
    public static string Usage => string.Join(Environment.NewLine, (string[])
    [
        "Parley.Server simulate [options]",
        "  plays agents and customers on a running server, and prints what they met and what it takes to serve more;",
        "  0: no error, 1: errors, or the agents cannot work, 2: the command line was not understood",
        .. OptionTable.All.Select(option => $"  {$"{option.Name} {option.Value}",-24} {option.Meaning}"),
    ]);

    /// <summary>Runs it with the words after the command's name.</summary>
    /// <returns>The exit code: 0 no error, 1 errors, 2 not understood.</returns>
    public static int Run(IReadOnlyList<string> words, TextWriter output, TextWriter errors)
    {
        var (options, wrong) = SimulatorOptions.Parse(words);
        foreach (var error in wrong) errors.WriteLine(error);
        return options is null ? 2 : RunAsync(options, output, errors).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(SimulatorOptions options, TextWriter output, TextWriter errors)
    {
        using var interrupt = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        output.WriteLine($"Simulating at {options.Url} with seed {options.Seed}; Ctrl+C ends it with a report, twice at once.");
        using var simulation = new Simulation(options, TimeProvider.System, interrupt.Token);
        try
        {
            output.Write(await simulation.RunAsync(
                new Display(output, Console.IsOutputRedirected ? null : Console.WindowWidth, TimeProvider.System)));
            return simulation.Shift.Meter.Wrongs == 0 ? 0 : 1;
        }
        catch (IOException unable)
        {
            errors.WriteLine($"{unable.Message}. Is there a server? ./parley --demo starts one.");
            return 1;
        }

        // the second time is the system's
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }
}
