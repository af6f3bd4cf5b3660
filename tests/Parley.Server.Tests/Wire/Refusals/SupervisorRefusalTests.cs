using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>What supervisors are refused about the chats and states of agents, and everybody else about supervising.</summary>
public sealed class SupervisorRefusalTests
{
    /// <summary>Columns: who asks, by login name, and how.</summary>
    private static readonly (string Name, string Caller, Func<SupervisorDesk, Task> Prepare)[] Callers =
    [
        ("Ag agent", "jkim", _ => Task.CompletedTask),
        ("St supervisor of nobody", "sstray", desk => desk.Works()),
        ("Ro administrator", "root", _ => Task.CompletedTask),
        ("Of not at work", "dlead", _ => Task.CompletedTask),
        ("Id at work", "dlead", desk => desk.Works()),
        ("Fo follows the agent", "dlead", Follow),
        ("On on the chat", "dlead", Intrude),
    ];

    /// <summary>A number is the <c>statusCode</c> of the refusal, <c>+</c> means accepted.</summary>
    private const string Table = """
        # Ag St Ro Of Id Fo On
          5  6  5  2  +  +  +  | {marta}/channels/chat Monitor
          5  6  5  2  +  +  +  | {marta}/channels/chat Coach {"supervisorMonitoringMode":"AllChats"}
          5  6  5  2  +  +  +  | {marta}/channels/chat BargeIn {"supervisorMonitoringMode":"NextChat","nickname":"Dana"}
          5  6  5  2  2  2  2  | {marta}/channels/chat Monitor {"supervisorMonitoringMode":"Sometimes"}
          5  6  5  2  2  2  2  | {marta}/channels/chat Coach {"supervisorMonitoringMode":7}
          5  6  5  2  2  2  2  | {marta}/channels/chat BargeIn {"nickname":"system"}
          5  6  5  2  2  +  2  | {marta}/channels/chat CancelSupervisorMonitoring
          5  6  5  1  1  1  1  | {marta}/channels/chat -
          5  6  5  10 10 10 10 | {marta}/channels/chat Spy
          5  6  5  6  6  6  6  | {marta}/channels/voice Monitor
          5  6  5  6  6  6  6  | {marta}/channels/voice CancelSupervisorMonitoring
          5  6  5  6  6  6  6  | {jun}/channels/chat Monitor
          5  6  5  6  6  6  6  | {jun}/channels/chat CancelSupervisorMonitoring
          5  6  5  6  6  6  6  | {jun}/channels/chat Ready
          5  6  5  6  6  6  6  | {dana}/channels/chat Monitor
          5  6  5  6  6  6  6  | {nobody}/channels/chat BargeIn
          5  6  5  +  +  +  +  | {marta}/channels/chat NotReady
          5  6  5  2  2  2  2  | {marta}/channels/chat NotReady {"reason":7}
          5  6  5  6  6  6  6  | {marta}/channels/voice NotReady
          5  6  5  2  +  +  2  | {marta}/chats/{chat} Intrude {"supervisorVisibilityMode":"Monitor"}
          5  6  5  2  +  +  2  | {marta}/chats/{chat} Intrude {"supervisorVisibilityMode":"BargeIn"}
          5  6  5  1  1  +  1  | {marta}/chats/{chat} Intrude
          5  6  5  2  2  2  2  | {marta}/chats/{chat} Intrude {"supervisorVisibilityMode":"Owner"}
          5  6  5  2  2  2  2  | {marta}/chats/{chat} Intrude {"supervisorVisibilityMode":7}
          5  6  5  2  2  2  2  | {marta}/chats/{chat} Leave
          5  6  5  1  1  1  1  | {marta}/chats/{chat} -
          5  6  5  6  6  6  6  | {marta}/chats/{juns} Intrude {"supervisorVisibilityMode":"Monitor"}
          5  6  5  6  6  6  6  | {marta}/chats/0000Na0000NA0000 Intrude {"supervisorVisibilityMode":"Monitor"}
          5  6  5  6  6  6  6  | {jun}/chats/{juns} Intrude {"supervisorVisibilityMode":"Monitor"}
          5  6  5  6  6  6  6  | {dana}/chats/{chat} Intrude {"supervisorVisibilityMode":"Monitor"}
          5  6  5  6  6  6  6  | {nobody}/chats/{chat} Intrude {"supervisorVisibilityMode":"Monitor"}
        """;

    public static TheoryData<string> CallerNames => [.. Callers.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(CallerNames))]
    public async Task What_is_refused_is_refused_as_documented_and_leaves_no_trace(string name)
    {
        var column = Array.FindIndex(Callers, c => c.Name == name);
        await using var desk = await SupervisorDesk.Open(Callers[column].Caller);
        await Callers[column].Prepare(desk);
        await desk.Settle();
        var (before, uses) = (await desk.Snapshot(), desk.Uses);

        List<string> wrong = [];
        foreach (var (cells, path, operation, parameters) in Rows().Where(row => row.Cells[column] != "+"))
        {
            var answer = await desk.Post(path, operation, parameters);
            if ($"{answer.StatusCode}" != cells[column])
                wrong.Add($"{path} {operation} {parameters}: not {cells[column]} but {answer.Body.ToJsonString()}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await desk.Snapshot());
        Assert.Equal(uses, desk.Uses);
        await desk.NobodyHearsMore();
    }

    [Theory]
    [InlineData("Invited", 400, 2)]
    [InlineData("LeftChat", 400, 2)]
    [InlineData("Completed", 404, 6)]
    public async Task Only_a_chat_that_the_agent_is_in_the_middle_of_can_be_intruded_upon(string state, int http, int statusCode)
    {
        await using var desk = await SupervisorDesk.Open("dlead");
        await desk.Works();
        await desk.Settle();
        var chat = desk.MartasChat;
        if (state == "Invited") await desk.Offered(desk.Marta);
        else (await desk.Marta.Do(chat, state == "LeftChat" ? "Leave" : "Complete")).Succeeded();
        if (state == "Invited")
            chat = (await desk.Marta.ReadChats()).Select(c => $"{c!["id"]}").Single(id => id != chat);
        (await desk.Post($"{{marta}}/chats/{chat}", "Intrude", """{"supervisorVisibilityMode":"Coach"}"""))
            .Refused(http, statusCode);
        Assert.Empty(await desk.Caller.ReadChats());
    }

    [Fact]
    public async Task Without_the_features_there_is_nothing_for_supervisors()
    {
        await using var desk = await SupervisorDesk.Open("dlead", """ "features": ["api-multimedia-chat"], """);
        await desk.Works();
        foreach (var operation in (string[])["Monitor", "Coach", "BargeIn", "CancelSupervisorMonitoring", "Ready"])
            (await desk.Post("{marta}/channels/chat", operation, "{}")).Refused(404, 6);
        (await desk.Post("{marta}/chats/{chat}", "Intrude", """{"supervisorVisibilityMode":"Coach"}""")).Refused(404, 6);
    }

    private static IEnumerable<(string[] Cells, string Path, string Operation, string Parameters)> Rows() =>
        from line in Table.Split('\n')
        where !line.StartsWith('#')
        let halves = line.Split('|', 2, StringSplitOptions.TrimEntries)
        let words = halves[1].Split(' ', 3)
        select (halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), words[0], words[1],
            words.ElementAtOrDefault(2) ?? "{}");

    private static async Task Follow(SupervisorDesk desk)
    {
        await desk.Works();
        (await desk.Post("{marta}/channels/chat", "Monitor", "{}")).Succeeded();
    }

    private static async Task Intrude(SupervisorDesk desk)
    {
        await desk.Works();
        (await desk.Post("{marta}/chats/{chat}", "Intrude", """{"supervisorVisibilityMode":"Coach"}""")).Succeeded();
        (await desk.Caller.Do(await desk.Caller.NextOffer(), "Accept")).Succeeded();
    }
}
