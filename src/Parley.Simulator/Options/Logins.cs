using System.Globalization;

namespace Parley.Simulator.Options;

/// <summary>One agent's name and password.</summary>
internal sealed record Login(string Name, string Password)
{
    /// <summary><c>name:password</c>; null if it is not.</summary>
    public static Login? Parse(string text) =>
        text.Trim().Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } password] ? new(name, password) : null;
}

/// <summary>The agents there are: a list, or a pattern in which <c>{n}</c> stands for the agent's number.</summary>
internal sealed class Logins
{
    private const string Place = "{n}";
    private const int LargestFile = 4 * 1024 * 1024;

    private readonly Login[] all;

    private Logins(Login[] all) => this.all = all;

    /// <summary>Those of the demonstration contact centre.</summary>
    public static Logins Demo { get; } = Parse($"agent{Place}:secret{Place}")!;

    private bool IsPattern => all is [var only] && only.Name.Contains(Place, StringComparison.Ordinal);

    /// <summary>A list with commas; null if an entry is no login.</summary>
    public static Logins? Parse(string text) => Of(text.Split(','));

    /// <summary>The lines of a file; null if it cannot be read, or a line is no login.</summary>
    public static Logins? ReadFile(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= LargestFile }
                ? Of(File.ReadAllLines(path).Where(line => line.Trim().Length > 0)) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The first agents.</summary>
    public IReadOnlyList<Login> Take(int count) => IsPattern
        ? [.. Enumerable.Range(1, count).Select(n => new Login(Numbered(all[0].Name, n), Numbered(all[0].Password, n)))]
        : all[..count];

    /// <summary>Why so many cannot work; null if they can.</summary>
    public string? Refusal(int count) => IsPattern || count <= all.Length
        ? null : $"--agents {count}: there are only {all.Length} logins. Give more, or a pattern with {Place}.";

    private static Logins? Of(IEnumerable<string> entries)
    {
        var logins = entries.Select(Login.Parse).ToArray();
        return logins.Length == 0 || logins.Contains(null) ? null : new Logins([.. logins.OfType<Login>()]);
    }

    private static string Numbered(string pattern, int number) =>
        pattern.Replace(Place, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
