using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Samples;

/// <summary>
/// A payload as a published page prints it, made valid JSON; what is sent has its structure and its names exactly.
/// </summary>
/// <remarks>
/// Compared are the names at every level, the types of the values, the lengths of lists, <c>capabilities</c> as a set, and the
/// values of words that mean something to programs. Beyond the sample an object has what is always there:
/// <list type="bullet">
/// <item>a chat that the agent is not done with: <c>path</c>, <c>receivedDate</c>, <c>chatType</c>, <c>userData</c>;</item>
/// <item>a participant: <c>visibility</c>, an agent also <c>uri</c> and <c>path</c>;</item>
/// <item>a sender: the same and <c>id</c>;</item>
/// <item>a message: <c>visibility</c> and <c>timestampSeconds</c>.</item>
/// </list>
/// </remarks>
internal static class Sample
{
    private static readonly string[] Words =
    [
        "state", "type", "messageType", "notificationType", "visibility", "chatType", "index", "statusCode", "status", "text",
        "url", "noticeText", "nickname",
    ];

    /// <summary>Fails with the first difference unless the JSON is as the sample.</summary>
    public static void Check(string sample, JsonNode? actual)
    {
        var complaint = Compare(JsonNode.Parse(sample), actual, "$", "");
        Assert.True(complaint is null, $"{complaint}\n  sample {sample}\n  actual {actual?.ToJsonString()}");
    }

    private static string? Compare(JsonNode? expected, JsonNode? actual, string path, string name) => (expected, actual) switch
    {
        (JsonObject of, JsonObject @object) => CompareObjects(of, @object, path, name),
        (JsonArray of, JsonArray set) when name == "capabilities" => CompareSets(of, set, path),
        (JsonArray of, JsonArray list) => of.Count != list.Count
            ? $"{path}: expected {of.Count} elements, got {list.Count}"
            : Enumerable.Range(0, of.Count)
                .Select(i => Compare(of[i], list[i], $"{path}[{i}]", name)).FirstOrDefault(c => c is not null),
        _ when expected?.GetValueKind() != actual?.GetValueKind() => $"{path}: expected {expected?.GetValueKind()}",
        _ when Words.Contains(name) && !JsonNode.DeepEquals(expected, actual) => $"{path}: expected {expected}, got {actual}",
        _ => null,
    };

    private static string? CompareObjects(JsonObject expected, JsonObject actual, string path, string name)
    {
        var names = expected.Select(m => m.Key).Union(AlwaysThere(name, actual)).ToHashSet();
        if (names.FirstOrDefault(n => !actual.ContainsKey(n)) is { } missing) return $"{path}.{missing}: missing";
        if (actual.FirstOrDefault(m => !names.Contains(m.Key)) is { Key: { } extra }) return $"{path}.{extra}: not in the sample";
        return expected.Select(m => Compare(m.Value, actual[m.Key], $"{path}.{m.Key}", m.Key)).FirstOrDefault(c => c is not null);
    }

    private static string? CompareSets(JsonArray expected, JsonArray actual, string path)
    {
        var (wanted, found) = (expected.Select(e => $"{e}").ToHashSet(), actual.Select(e => $"{e}").ToHashSet());
        return wanted.SetEquals(found) && found.Count == actual.Count
            ? null
            : $"{path}: missing {string.Join(", ", wanted.Except(found))}; too many {string.Join(", ", found.Except(wanted))}";
    }

    private static IEnumerable<string> AlwaysThere(string name, JsonObject actual)
    {
        string[] ofAgents = $"{actual["type"]}" == "Agent" ? ["uri", "path"] : [];
        return name switch
        {
            "chat" or "chats" when $"{actual["state"]}" is not ("Completed" or "Revoked") =>
                ["path", "receivedDate", "chatType", "userData"],
            "participants" => ["visibility", .. ofAgents],
            "from" => ["visibility", "id", .. ofAgents],
            "messages" => ["visibility", "timestampSeconds"],
            _ => [],
        };
    }
}
