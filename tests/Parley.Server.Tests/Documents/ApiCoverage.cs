using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.Server.Documents;
using Parley.Server.Rest;

namespace Parley.Server.Tests.Documents;

/// <summary>One row of the coverage document: where something documented is, and which tests are about it.</summary>
/// <param name="Place">The file; null while there is none.</param>
internal sealed record Covered(string Name, string Aliases, string Source, string? Place, IReadOnlyList<string> Tests);

/// <summary>
/// What the published pages describe, where it is in the code and which tests are about it; and the document that says so.
/// </summary>
internal static class ApiCoverage
{
    private const string Operations = "src/Parley/Chats/Operations";
    private const string Agents = "src/Parley/Agents";
    private const string States = "src/Parley.Server/Rest/StateOperations.cs";
    private const string Notifications = "src/Parley.Server/Notifications";

    private static readonly DocComments Comments = new();

    private static IEnumerable<OperationEntry> Catalogued =>
    [
        .. OperationCatalog.OfChats, .. OperationCatalog.OfSessions, .. OperationCatalog.OfStates,
        .. OperationCatalog.OfSupervision, .. OperationCatalog.OfUserChats, .. OperationCatalog.OfInteractions,
        .. OperationCatalog.OfHistory,
    ];

    /// <summary>Operations on chats, as the catalogue has them.</summary>
    public static IReadOnlyList<Covered> OfChats { get; } = [.. OperationCatalog.OfChats.Select(o => Row(
        o, ChatOperations.Names.Contains(o.Name) ? FileWith(Operations, $@"record {o.Name}\(") : null))];

    /// <summary>Operations that only the first release has; some are others of today in its words.</summary>
    public static IReadOnlyList<Covered> OfInteractions { get; } = [.. OperationCatalog.OfInteractions.Select(o => Row(
        o, FileWith(Operations, $@"record {o.Name}\(") ?? FileWith("src/Parley.Server/Rest", $"\"{o.Name}\"")))];

    /// <summary>Operations on sessions and on the states of channels.</summary>
    public static IReadOnlyList<Covered> OfWork { get; } =
    [
        .. OperationCatalog.OfSessions.Concat(OperationCatalog.OfStates)
            .Select(o => Row(o, FileWith(Agents, $@"record {o.Name}\(") ?? States)),
    ];

    /// <summary>Operations of supervisors on agents and their chats.</summary>
    public static IReadOnlyList<Covered> OfSupervision { get; } =
    [
        .. OperationCatalog.OfSupervision.Concat(OperationCatalog.OfUserChats)
            .Select(o => Row(
                o, FileWith(Operations, $@"record {o.Name}\(") ?? FileWith(Agents, $@"record (Supervise|{o.Name})\("))),
    ];

    /// <summary>Questions about the history of chats.</summary>
    public static IReadOnlyList<Covered> OfHistory { get; } =
        [.. OperationCatalog.OfHistory.Select(o => Row(o, FileWith("src/Parley.Server/Rest", $@"ApiAnswer> {o.Name}\(")))];

    /// <summary>Notifications, a row for each kind.</summary>
    public static IReadOnlyList<Covered> OfNotices { get; } = [.. OperationsOfNotices()];

    public static IEnumerable<Covered> All => [.. OfChats, .. OfInteractions, .. OfWork, .. OfSupervision, .. OfHistory, .. OfNotices];

    /// <summary>The whole of <c>docs/api-coverage.md</c>.</summary>
    /// <param name="openApi">The OpenAPI document, for the table of requests.</param>
    public static string Document(ApiDocument openApi)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # What of the agents' API is there

            Every operation and notification that the published pages describe: the page, the file, the tests that are about it.
            Generated from the catalogue of operations, the doc comments and the tests; `ApiCoverageTests` says how.

            """);
        foreach (var (title, rows) in new[]
        {
            ("Operations on chats", OfChats), ("Operations of the first release", OfInteractions),
            ("Operations on sessions and states", OfWork),
            ("Operations of supervisors", OfSupervision), ("Questions about the history", OfHistory),
            ("Notifications", OfNotices),
        })
        {
            text.Append($"\n## {title}\n\n| Name | Page | File | Tests |\n|---|---|---|---|\n");
            foreach (var row in rows)
            {
                var place = row.Place is null ? "not yet" : $"`{row.Place}`";
                text.Append($"| `{row.Name}`{row.Aliases} | {row.Source} | {place} | ");
                text.Append($"{string.Join("<br>", row.Tests)} |\n");
            }
        }
        text.Append("\n## Requests\n\n`DescribedAnswersTests` asks every read and holds the answer against the OpenAPI document.\n\n");
        text.Append("| Request | Page | What |\n|---|---|---|\n");
        foreach (var (path, method, operation) in openApi.Operations)
            text.Append($"| `{method} {path}` | {operation["x-source"]} | {operation["summary"]} |\n");
        return text.ToString();
    }

    public static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private static Covered Row(OperationEntry operation, string? place) => new(
        operation.Name, operation.Aliases.Count == 0 ? "" : $", {string.Join(", ", operation.Aliases.Select(a => $"`{a}`"))}",
        operation.Source, place, [.. CoveringTests.OfOperation([.. operation.Names, .. OwnPage(operation)])]);

    /// <summary>The page, unless others share it or an operation is called so.</summary>
    private static string[] OwnPage(OperationEntry operation) =>
        Catalogued.Count(o => o.Source == operation.Source || o.Name == operation.Source) == 1 ? [operation.Source] : [];

    private static IEnumerable<Covered> OperationsOfNotices() =>
        from notice in TopicCatalog.Notices
        from kind in notice.NotificationTypes.DefaultIfEmpty("")
        let name = $"{notice.MessageType} {kind}".TrimEnd()
        let isShared = TopicCatalog.Notices.Count(n => n.MessageType == notice.MessageType) > 1
        let fullName = isShared ? $"{name} on {notice.Topic}" : name
        let heard = notice.Topic == "/v2/me/chats" ? CoveringTests.ThatHear(notice.MessageType, kind) : []
        // a kind is there when somebody writes its name
        let place = FileWith(Notifications, $"\"{name.Split(' ')[^1]}\"") is not null
            ? FileWith(Notifications, $@"record {notice.Message.Type.Name}\(")
            : null
        select new Covered(
            fullName, isShared ? "" : $" on {notice.Topic}",
            Comments.Of(notice.Message.Type).Source ?? "", place,
            [.. heard, .. CoveringTests.Attributed[fullName]]);

    /// <summary>The file of a folder in which a pattern is found first.</summary>
    private static string? FileWith(string folder, string pattern)
    {
        var file = Directory.GetFiles(Path.Combine(Root(), folder), "*.cs").Order(StringComparer.Ordinal)
            .FirstOrDefault(f => Regex.IsMatch(File.ReadAllText(f), pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
        return file is null ? null : Path.GetRelativePath(Root(), file).Replace('\\', '/');
    }
}
