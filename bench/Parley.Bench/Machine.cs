using System.Globalization;
using System.Runtime.InteropServices;

namespace Parley.Bench;

/// <summary>The machine that a run has.</summary>
internal static class Machine
{
    /// <summary>As reports name it.</summary>
    public static string Name { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores shared with the generator, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}");

    /// <summary>What the event loop and its many connections need and do not have; null if nothing.</summary>
    public static string? Lacks(int openFiles) =>
        !OperatingSystem.IsLinux() ? "Linux is needed: the generator waits by epoll and reads /proc."
        : OpenFilesAllowed() < openFiles ? $"Too few open files are allowed: ulimit -n {openFiles}, or have fewer clients."
        : null;

    // The runtime has raised the soft limit to the hard one, and child processes inherit it.
    private static long OpenFilesAllowed()
    {
        const string name = "Max open files";
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
