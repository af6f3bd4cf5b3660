using System.Globalization;

namespace Parley.Bench;

/// <summary>What was given on the command line, read.</summary>
internal static class Given
{
    /// <summary>A whole number between two bounds; with anything else an error more, and the lower bound.</summary>
    public static int Number(string name, string value, int least, int most, List<string> errors)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        errors.Add($"{name} {value} is not a number from {least} to {most}.");
        return least;
    }
}
