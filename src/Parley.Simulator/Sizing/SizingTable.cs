using System.Globalization;
using System.Text;

namespace Parley.Simulator.Sizing;

/// <summary>What so many agents can carry, and what it takes.</summary>
/// <param name="Cores">Processor cores, fully used; null if the server's use is not known.</param>
/// <param name="Megabytes">The server's memory; null if it is not known.</param>
internal sealed record SizingRow(
    int Agents, double ChatsPerHour, double ChatsAtOnce, double MessagesPerSecond, double RequestsPerSecond,
    double BayeuxSessions, double? Cores, double? Megabytes)
{
    public static SizingRow Of(int agents, Measured one)
    {
        var chatsPerHour = agents * one.ChatsPerAgentHour;
        var (chatsPerSecond, atOnce) = (chatsPerHour / 3600, agents * one.Concurrency);
        return new SizingRow(
            agents, chatsPerHour, atOnce, chatsPerSecond * one.MessagesPerChat, chatsPerSecond * one.RequestsPerChat,
            agents + (atOnce * one.PushedShare), chatsPerSecond * one.Cost?.CpuSeconds,
            one.Cost?.Memory?.Base + (atOnce * one.Cost?.Memory?.PerChat));
    }
}

/// <summary>The sizing table, in Markdown.</summary>
internal static class SizingTable
{
    private static readonly int[] Agents = [10, 50, 100, 500, 1000];

    private static readonly (string Title, Func<SizingRow, double?> Value)[] Columns =
    [
        ("agents", row => row.Agents),
        ("chats/hour", row => row.ChatsPerHour),
        ("chats at once", row => row.ChatsAtOnce),
        ("messages/s", row => row.MessagesPerSecond),
        ("requests/s", row => row.RequestsPerSecond),
        ("Bayeux sessions", row => row.BayeuxSessions),
        ("CPU cores", row => row.Cores),
        ("memory, MB", row => row.Megabytes),
    ];

    public static string Of(Measured one)
    {
        var rows = Agents.Select(agents => SizingRow.Of(agents, one)).ToArray();
        var shown = Columns.Where(column => rows.All(row => column.Value(row) is not null)).ToArray();
        var table = new StringBuilder();
        Line(table, shown.Select(column => column.Title));
        Line(table, shown.Select(_ => "---:"));
        foreach (var row in rows) Line(table, shown.Select(column => Text(column.Value(row)!.Value)));
        return table.ToString();
    }

    /// <summary>As many digits as say something.</summary>
    private static string Text(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "0.#" : value >= 0.1 ? "0.##" : "0.###", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder table, IEnumerable<string> cells) =>
        table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
