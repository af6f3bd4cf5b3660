namespace Parley.Server.Backups;

/// <summary>The words after a command: options with a value each, <c>--to DIR</c> or <c>--to=DIR</c>.</summary>
internal static class CommandWords
{
    /// <summary>The values by option; null, and every error told, if something is wrong.</summary>
    /// <param name="words">The words after the command.</param>
    /// <param name="options">The options there are, with their defaults; null: it must be given; empty: it may be left
    /// out.</param>
    /// <param name="errors">Where errors are told.</param>
    public static Dictionary<string, string>? Read(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, string?> options, TextWriter errors)
    {
        var (values, isRight) = (new Dictionary<string, string>(StringComparer.Ordinal), true);
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = words[i].Split('=', 2) is [var before, var after] ? (before, after) : (words[i], null);
            if (!options.ContainsKey(name)) Tell($"{name}: is not an option of this command. --help lists them.");
            else if (values.ContainsKey(name)) Tell($"{name}: is given twice.");
            else if ((value ?? (i + 1 < words.Count ? words[++i] : null)) is { Length: > 0 } found) values[name] = found;
            else Tell($"{name}: a value must follow.");
        }
        foreach (var (name, standard) in options)
        {
            if (values.ContainsKey(name)) continue;
            if (standard is null) Tell($"{name}: is missing.");
            else values[name] = standard;
        }
        return isRight ? values : null;

        void Tell(string error)
        {
            errors.WriteLine(error);
            isRight = false;
        }
    }
}
