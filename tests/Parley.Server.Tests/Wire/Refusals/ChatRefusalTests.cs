using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>Every operation in every state and role: accepted, or refused with the documented code and without a trace.</summary>
public sealed class ChatRefusalTests
{
    private const string Nobody = "00000000000000000000000000000000";

    public static TheoryData<string> Situations => [.. ChatSituations.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Situations))]
    [Quirk(28)]
    public async Task What_is_refused_leaves_no_trace_and_what_is_not_is_listed(string name)
    {
        var (situation, column) = ChatSituations.All.Select((s, i) => (s, i)).Single(s => s.s.Name == name);
        await using var floor = await Floor.Open();
        await situation.Prepare(floor);
        await floor.Settle();
        var before = await floor.Snapshot();
        Assert.Equal(Listed(situation, column), await Capabilities(floor, situation));

        List<string> wrong = [];
        foreach (var (cells, operation, parameters) in ChatRefusalTable.Rows.Where(row => IsRefusal(row.Cells[column])))
        {
            var answer = await Try(floor, situation, operation, parameters);
            if ($"{answer.StatusCode}" != cells[column] || answer.Http != HttpOf(answer.StatusCode))
                wrong.Add($"{operation} {parameters}: not {cells[column]} but {answer.Http} {answer.Body.ToJsonString()}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await floor.Snapshot());
        await floor.NobodyHearsMore();
    }

    [Fact]
    public void Each_row_has_a_cell_for_each_situation_and_each_operation_has_a_row()
    {
        var rows = ChatRefusalTable.Rows.ToList();
        Assert.All(rows, row => Assert.Equal(ChatSituations.All.Count, row.Cells.Length));
        var canonical = Parley.Server.Rest.ChatOperations.Names.ToHashSet();
        Assert.Superset(
            canonical.Where(n => rows.All(row => row.Operation != n)).ToHashSet(),
            (HashSet<string>)
            [
                "Send", "SendStartTypingToAgentNotification", "SendStopTypingToAgentNotification", "SendURL", "PushUrl",
                "SingleStepTransfer", "InviteUser", "EndChatSession", "LeaveConference", "InFocus", "SwitchBargeIn",
            ]);
    }

    private static IEnumerable<string> Listed(ChatSituation situation, int column) =>
        ChatRefusalTable.Rows.Where(row => row.Cells[column] == "+" || IsListedForOthers(row.Operation, situation))
            .Select(row => row.Operation).Distinct().Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> Capabilities(Floor floor, ChatSituation situation)
    {
        var view = (await situation.Caller(floor).Get($"/api/v2/me/chats/{floor.Chat}")).Body["chat"];
        var listed = view?["capabilities"]!.AsArray().Select(c => $"{c}") ?? [];
        return listed.Except(["InFocus", "SwitchBargeIn"]).Order(StringComparer.Ordinal);
    }

    private static Task<Answer> Try(Floor floor, ChatSituation situation, string operation, string parameters)
    {
        var filled = parameters
            .Replace("{ready}", floor.Id(floor.Sam), StringComparison.Ordinal)
            .Replace("{away}", floor.Id(floor.Dave), StringComparison.Ordinal)
            .Replace("{self}", floor.Id(situation.Caller(floor)), StringComparison.Ordinal)
            .Replace("{colleague}", floor.Id(situation.Colleague(floor)), StringComparison.Ordinal)
            .Replace("{nobody}", Nobody, StringComparison.Ordinal)
            .Replace("{queue}", floor.SupportQueue, StringComparison.Ordinal)
            .Replace("{long}", new string('x', 32_769), StringComparison.Ordinal);
        var body = JsonNode.Parse(filled)!.AsObject();
        if (operation != "-") body["operationName"] = operation;
        return situation.Caller(floor).Post($"/api/v2/me/chats/{floor.Chat}", body.ToJsonString());
    }

    private static bool IsRefusal(string cell) => cell is not ("+" or "~");

    /// <summary>Removing is listed for who has colleagues, even if the only one may not be removed.</summary>
    private static bool IsListedForOthers(string operation, ChatSituation situation) =>
        operation == "RemoveParticipantFromConference" && situation.Name[..2] is "Gu" or "Ba";

    private static int HttpOf(int statusCode) => statusCode switch
    {
        1 or 2 => 400,
        3 or 5 => 403,
        6 => 404,
        _ => 0,
    };
}
