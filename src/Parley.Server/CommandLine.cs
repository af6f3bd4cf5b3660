namespace Parley.Server;

/// <summary>The command line, translated into settings: short forms, and any setting by its full name.</summary>
/// <remarks>
/// <c>--demo</c>, <c>--data DIR</c>, <c>--center FILE</c>, <c>--urls LIST</c>; <c>--Parley:Accounts:SessionIdleMs=60000</c>.
/// </remarks>
internal sealed record CommandLine(IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Errors)
{
    private const string Options = """
        Parley.Server [options]
          --demo           a demonstration contact centre, on loopback addresses only
          --center FILE    the contact centre: users, queues, skills (default ./contact-center.json)
          --data DIR       where the log is kept (default ./data)
          --postgres TEXT  the PostgreSQL database that holds the log instead, for several nodes (Host=db;Database=parley;...)
          --urls LIST      addresses to listen on (default http://127.0.0.1:8090)
          --Parley:…=…     any setting of appsettings.json; also as environment variable Parley__…
        """;

    public static string Usage => string.Join(Environment.NewLine, [Options, .. Commands.All.Select(c => c.Usage)]);

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["--demo"] = "Parley:Provisioning:Demo",
        ["--center"] = "Parley:Provisioning:File",
        ["--data"] = "Parley:Data:Directory",
        ["--postgres"] = "Parley:Data:Postgres",
        ["--urls"] = "urls",
        ["--environment"] = "environment",
    };

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (Key(name) is not { } key)
            {
                errors.Add($"{name}: is not an option. --help lists the options.");
            }
            else
            {
                if (value is null && name == "--demo") value = "true";
                if (value is null && i + 1 < args.Count) value = args[++i];
                if (value is null) errors.Add($"{name}: a value must follow.");
                else settings[key] = value;
            }
        }
        return new CommandLine(settings, errors);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static string? Key(string name) =>
        Short.TryGetValue(name, out var key) ? key
        : name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) ? name[2..]
        : null;
}
