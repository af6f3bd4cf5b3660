using System.Globalization;

namespace Parley.Simulator.Options;

/// <summary>One option of the command line.</summary>
/// <param name="Value">What stands for its value in the help.</param>
/// <param name="Bounds">What its value must be, as a refusal says it.</param>
/// <param name="Set">The options with the value in them; null if it is out of bounds.</param>
internal sealed record Option(
    string Name, string Value, string Meaning, string Bounds, Func<SimulatorOptions, string, SimulatorOptions?> Set);

/// <summary>The options there are, with their bounds.</summary>
internal static class OptionTable
{
    private const int MostAgents = 10_000;
    private const int MostCustomers = 100_000;

    public static IReadOnlyList<Option> All { get; } =
    [
        new("--url", "URL", "the server (default http://127.0.0.1:8090, where ./parley --demo listens)",
            "an http or https address", (o, text) => Address(text) is { } url ? o with { Url = url } : null),
        new("--service", "NAME", "the chat service of GMS customers (default customer-support)",
            "a name of a-z, A-Z, 0-9, - and _",
            (o, text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? o with { Service = text } : null),
        Whole("--agents", "N", "how many agents work (default 3)", 1, MostAgents, (o, n) => o with { Agents = n }),
        new("--logins", "a:p,b:q", "agents' names and passwords; {n} is 1, 2, … (default agent{n}:secret{n}, the demo's)",
            "name:password pairs with commas between them",
            (o, text) => Logins.Parse(text) is { } l ? o with { Logins = l } : null),
        new("--logins-file", "FILE", "the same from a file, a line each",
            "a file of name:password lines", (o, text) => Logins.ReadFile(text) is { } l ? o with { Logins = l } : null),
        Number("--customers", "N", "customers who come in a minute, on average (default 1)", 0.01, MostCustomers,
            (o, n) => o with { CustomersPerMinute = n }),
        new("--doors", "SHARES", "how customers divide between the doors (default gws=1,gms=1,cometd=1)",
            "shares such as gws=1,gms=2,cometd=1, from 0 to 1000 and not all 0",
            (o, text) => DoorShares.Parse(text) is { } doors ? o with { Doors = doors } : null),
        Number("--typing-wpm", "N", "words typed in a minute, on average (default 40)", 1, 1000,
            (o, n) => o with { TypingWpm = n }),
        Seconds("--thinking", "how long anybody thinks before typing, on average (default 8)", 0.1, 3600,
            (o, time) => o with { Thinking = time }),
        Seconds("--patience", "how long a customer waits for an agent, on average (default 300)", 1, 86_400,
            (o, time) => o with { Patience = time }),
        Number("--messages", "N", "a customer's messages in a chat, on average (default 5)", 1, 200,
            (o, n) => o with { Messages = n }),
        Number("--reconnects", "SHARE", "share of clients that lose their connection now and then (default 0.1)", 0, 1,
            (o, n) => o with { Reconnects = n }),
        Number("--minutes", "N", "how long customers come (default 10)", 0.1, 10_080,
            (o, n) => o with { Length = TimeSpan.FromMinutes(n) }),
        Whole("--seed", "N", "repeats the chances of an earlier run (default: new ones, printed)", 1, int.MaxValue,
            (o, n) => o with { Seed = n }),
        Number("--speed", "N", "everything N times as fast as people (default 1)", 0.1, 1000, (o, n) => o with { Speed = n }),
    ];

    public static IReadOnlyDictionary<string, Option> ByName { get; } = All.ToDictionary(option => option.Name);

    private static Option Seconds(
        string name, string meaning, double least, double most, Func<SimulatorOptions, TimeSpan, SimulatorOptions> set) =>
        Number(name, "SECONDS", meaning, least, most, (o, n) => set(o, TimeSpan.FromSeconds(n)));

    private static Option Number(
        string name, string value, string meaning, double least, double most,
        Func<SimulatorOptions, double, SimulatorOptions> set) =>
        new(name, value, meaning, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), (o, text) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? set(o, number) : null);

    private static Option Whole(
        string name, string value, string meaning, int least, int most, Func<SimulatorOptions, int, SimulatorOptions> set) =>
        new(name, value, meaning, $"a whole number from {least} to {most}", (o, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? set(o, number) : null);

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
