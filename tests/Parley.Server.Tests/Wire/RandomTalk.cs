using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// Three agents, two supervisors and some customers who do random things to the nodes of a contact centre. Each agent listens at
/// one of them, and asks at any.
/// </summary>
internal sealed class RandomTalk(IReadOnlyList<RunningServer> nodes, int seed) : IAsyncDisposable
{
    private const int MostChats = 5;

    private static readonly string[] Roles = ["Monitor", "Coach", "BargeIn"];

    private static readonly string[] Anything =
    [
        "Accept", "Reject", "SendMessage", "SendUrl", "SendCustomNotice", "SendToAgents", "SendCustomNoticeToAgents",
        "SendStartTypingNotification", "SendStartTypingToAgentsNotification", "SetDisposition", "AttachUserData", "Transfer",
        "Invite", "Consult", "RemoveParticipantFromConference", "SwitchToMonitor", "SwitchToCoach", "SwitchToBargeIn", "Leave",
    ];

    // what ends a chat, or a part in it, is chosen less often than what makes it deep
    private static readonly string[] Endings = ["Reject", "Leave", "LeaveAndComplete", "Complete", "Transfer"];
    private static readonly string[] Meetings =
        ["Accept", "Invite", "Consult", "SendToAgents", "SwitchToMonitor", "SwitchToCoach", "SwitchToBargeIn"];

    private readonly Random random = new(seed);
    private readonly Dictionary<string, CustomerClient> customers = [];
    private readonly Dictionary<string, AgentClient> staff = [];
    private readonly Dictionary<string, AgentClient[]> windows = [];
    private string[] supervisors = [];
    private int words;

    public ChatLedger Ledger { get; } = new();

    /// <summary>What was done, for whoever has to understand a failure.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>By user id.</summary>
    public IReadOnlyDictionary<string, AgentClient> Staff => staff;

    /// <summary>By chat id.</summary>
    public IReadOnlyDictionary<string, CustomerClient> Customers => customers;

    public bool IsSupervisor(string id) => supervisors.Contains(id);

    public async Task Begin()
    {
        for (var i = 0; i < 5; i++)
        {
            AgentClient[] everywhere = [.. nodes.Select(node => i < 3 ? node.Agent(i + 1) : node.Supervisor(i - 2))];
            var client = everywhere[i % nodes.Count];
            var id = await client.ReadId();
            (staff[id], windows[id]) = (client, everywhere);
            await client.SignIn();
            await client.GoReady();
        }
        supervisors = [.. staff.Keys.Skip(3)];
        await Ask();
    }

    /// <summary>One more thing happens.</summary>
    public Task Step() => random.Next(16) switch
    {
        0 when customers.Count < MostChats => Ask(),
        1 or 2 => CustomerActs(),
        3 or 4 => Supervise(),
        5 => ChangeState(),
        _ => AgentActs(),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var client in windows.Values.SelectMany(w => w)) await client.DisposeAsync();
        foreach (var customer in customers.Values) customer.Dispose();
    }

    private string Word => Confidences.Word(++words);

    private async Task Ask()
    {
        var nickname = Word;
        var customer = await Pick(nodes).Customer(nickname);
        customers[customer.ChatId] = customer;
        Ledger.Asked(customer.ChatId, nickname);
        Steps.Add($"{nickname} asks for {customer.ChatId}");
    }

    private async Task CustomerActs()
    {
        var (chat, customer) = Pick(customers);
        var word = Word;
        var (operation, fields) = random.Next(10) switch
        {
            0 => ("disconnect", Array.Empty<(string, string)>()),
            1 => ("startTyping", []),
            _ => ("send", [("message", $"Please {word}")]),
        };
        var answer = await customer.Post(operation, fields);
        if (operation == "send" && answer.StatusCode == 0) Ledger.Of(chat).Say(word);
        Steps.Add($"customer of {chat}: {operation} {word} -> {answer.StatusCode}");
    }

    private async Task ChangeState()
    {
        var id = Pick(staff.Keys);
        var client = Pick(windows[id]);
        var state = random.Next(4) == 0 ? "NotReady" : "Ready";
        (await client.Post("/api/v2/me", $$"""{"operationName":"{{state}}"}""")).Succeeded();
        Steps.Add($"{id} is {state}");
    }

    private async Task Supervise()
    {
        var supervisor = Pick(supervisors);
        var (agent, _) = Pick(staff.Where(s => !supervisors.Contains(s.Key)));
        var (client, role, nickname, isOnce) = (Pick(windows[supervisor]), Pick(Roles), Word, random.Next(2) == 0);
        var held = (await client.Get($"/api/v2/users/{agent}/chats?fields=*")).Succeeded().Body["chats"]!.AsArray();
        if (held.Count > 0 && random.Next(2) == 0)
        {
            var chat = Pick(held)!["id"]!.GetValue<string>();
            var intruded = await client.Post(
                $"/api/v2/users/{agent}/chats/{chat}", Body("Intrude", ("supervisorVisibilityMode", role)));
            if (intruded.StatusCode == 0) Ledger.Intrudes(chat, supervisor, role);
            Steps.Add($"{supervisor} intrudes into {chat} as {role} -> {intruded.StatusCode}");
            return;
        }
        var asked = random.Next(4) == 0 ? Body("CancelSupervisorMonitoring") : Body(
            role, ("supervisorMonitoringMode", isOnce ? "NextChat" : "AllChats"), ("nickname", nickname));
        var answer = await client.Post($"/api/v2/users/{agent}/channels/chat", asked);
        Steps.Add($"{supervisor} towards {agent}: {asked} -> {answer.StatusCode}");
        if (answer.StatusCode != 0) return;
        if (asked.Contains("Cancel", StringComparison.Ordinal)) Ledger.NoLongerFollows(supervisor, agent);
        else Ledger.Follows(supervisor, agent, role, nickname, isOnce);
    }

    private async Task AgentActs()
    {
        var views = new List<(string Id, JsonNode View)>();
        foreach (var (id, everywhere) in windows) views.AddRange((await Pick(everywhere).ReadChats()).Select(view => (id, view!)));
        if (views.Count == 0) return;
        var (agent, chosen) = Pick(views);
        var chat = chosen["id"]!.GetValue<string>();
        if (chosen["state"]!.GetValue<string>() == "Invited") Ledger.FindsOffer(chat, agent);
        var listed = chosen["capabilities"]!.AsArray().Select(c => c!.GetValue<string>()).ToArray();
        var operation = random.Next(10) == 0 ? Pick(Anything) : Choose(listed);
        var (word, target) = (Word, Pick(staff.Keys));
        var answer = await Pick(windows[agent]).Do(chat, operation, Parameters(operation, word, target));
        Steps.Add($"{agent} in {chat}: {operation} {word} towards {target} -> {answer.StatusCode}");
        Assert.True(answer.StatusCode is 0 or 2 or 3 or 6, answer.Body.ToJsonString());
        if (answer.StatusCode == 0) Ledger.Succeeded(chat, agent, operation, word, target);
    }

    private string Choose(string[] listed)
    {
        var meetings = listed.Intersect(Meetings).ToArray();
        if (meetings.Length > 0 && random.Next(2) == 0) return Pick(meetings);
        var lasting = listed.Except(Endings).ToArray();
        return lasting.Length > 0 && random.Next(6) > 0 ? Pick(lasting) : Pick(listed);
    }

    private static JsonObject Parameters(string operation, string word, string target) => operation switch
    {
        "Accept" => new() { ["nickname"] = word },
        "SendUrl" => new() { ["url"] = $"https://shop.example.test/{word}" },
        "SendCustomNotice" or "SendCustomNoticeToAgents" => new() { ["noticeText"] = $"form={word}" },
        "SetDisposition" => new() { ["disposition"] = word },
        "AttachUserData" or "UpdateUserData" => new() { ["userData"] = new JsonObject { ["OrderNo"] = word } },
        "DeleteUserData" => new() { ["keys"] = new JsonArray("OrderNo") },
        "Invite" or "Consult" => new() { ["targetPath"] = $"/users/{target}" },
        "Transfer" or "RemoveParticipantFromConference" =>
            new() { ["targetPath"] = $"/users/{target}", ["text"] = $"Well, {word}" },
        _ => new() { ["text"] = $"Now {word}" },
    };

    private static string Body(string operation, params (string Name, string Value)[] parameters)
    {
        var body = new JsonObject { ["operationName"] = operation };
        foreach (var (name, value) in parameters) body[name] = value;
        return body.ToJsonString();
    }

    private T Pick<T>(IEnumerable<T> among)
    {
        T[] all = [.. among];
        return all[random.Next(all.Length)];
    }
}
