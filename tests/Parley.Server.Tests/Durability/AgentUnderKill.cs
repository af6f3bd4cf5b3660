using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Durability;

/// <summary>
/// An agent who polls the list of chats, accepts, answers, leaves and completes, and signs in again after each restart.
/// </summary>
internal sealed class AgentUnderKill(string name, World world, Random random, Repeats repeats) : IDisposable
{
    private const string MyChats = "/api/v2/me/chats";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    // the demonstration gives agent2 the password secret2
    private readonly WireClient wire = new(world.Server.Url, $"{name}:secret{name[^1]}");
    private readonly Dictionary<string, int> readUpTo = [];
    private readonly ConcurrentDictionary<string, byte> held = new();
    private readonly ConcurrentDictionary<string, byte> completed = new();
    private int textsSent;
    private int signedInLife;
    private volatile bool idle;
    private volatile string lastList = "no list";
    private volatile string lastReply = "nothing";

    public string Name { get; } = name;

    /// <summary>Chats this agent was told to have and has not tried to complete: they must be in its list.</summary>
    public IEnumerable<string> Held => held.Keys;

    /// <summary>Chats whose Complete was acknowledged: they must not be in its list.</summary>
    public IReadOnlyCollection<string> Completed => (IReadOnlyCollection<string>)completed.Keys;

    /// <summary>True when the last look at the list found nothing to do.</summary>
    public bool IsIdle => idle;

    /// <summary>What the agent is at, for a test that waits for it in vain.</summary>
    public string AtWorkOn => $"{Name}: {lastList}; last told {lastReply}";

    public void Dispose() => wire.Dispose();

    /// <summary>Works until the end of the test or of the shift.</summary>
    public async Task PlayAsync(CancellationToken endOfShift)
    {
        while (!endOfShift.IsCancellationRequested)
        {
            await world.ServingAsync();
            if (!await SignInAsync()) continue;
            if (await ListAsync() is not { } chats) continue;
            foreach (var (id, state) in chats) await TendAsync(id, state);
            idle = chats.Count == 0;
            if (idle) await Task.Delay(PollInterval, world.Cancel);
        }
    }

    /// <summary>The agent's chats as the server lists them: id and state; null if it did not answer.</summary>
    public async Task<IReadOnlyList<(string Id, string State)>?> ListAsync()
    {
        var reply = await wire.GetAsync($"{MyChats}?fields=*", world.Cancel);
        if (reply.Fate != Fate.Acknowledged)
        {
            lastList = $"no list, {reply}";
            return null;
        }
        (string Id, string State)[] chats = [.. reply.Body.GetProperty("chats").EnumerateArray()
            .Select(chat => (chat.GetProperty("id").GetString()!, chat.GetProperty("state").GetString()!))];
        lastList = string.Join(", ", chats);
        return chats;
    }

    private async Task<bool> SignInAsync()
    {
        var life = world.Life;
        if (signedInLife == life) return true;
        var start = new JsonObject { ["operationName"] = "StartContactCenterSession", ["channels"] = new JsonArray("chat") };
        if ((await wire.PostJsonAsync("/api/v2/me", start, null, world.Cancel)).Fate != Fate.Acknowledged) return false;
        var ready = new JsonObject { ["operationName"] = "Ready" };
        if ((await wire.PostJsonAsync("/api/v2/me", ready, null, world.Cancel)).Fate != Fate.Acknowledged) return false;
        signedInLife = life;
        return true;
    }

    private async Task TendAsync(string id, string state)
    {
        // a chat whose customer never learned of it is known to agents only
        var chat = world.Chats.GetOrAdd(id, unknown => new ChatRecord(unknown));
        if (state != "Invited") held.TryAdd(id, 0);
        switch (state)
        {
            case "Invited":
                if ((await DoAsync(id, "Accept")).Fate == Fate.Acknowledged) held.TryAdd(id, 0);
                break;
            case "Chatting":
                await ConverseAsync(chat);
                break;
            default:
                if (await ReadAsync(chat, 1) is not { } whole) return;
                chat.AddWhole(whole);
                if (random.Next(4) == 0)
                    await DoAsync(id, "AttachUserData", new JsonObject { ["userData"] = new JsonObject { ["Result"] = "done" } });
                await CompleteAsync(id, "Complete");
                break;
        }
    }

    private async Task ConverseAsync(ChatRecord chat)
    {
        var from = readUpTo.GetValueOrDefault(chat.Id) + 1;
        if (await ReadAsync(chat, from) is not { } news) return;
        chat.AddSeen(news);
        if (news.Count > 0) readUpTo[chat.Id] = news[^1].Index;
        if (chat.SecureKey is null) await CompleteAsync(chat.Id, "Complete");
        else if (news.LastOrDefault(entry => entry.IsText) is { Text: { } text }
            && text.StartsWith("customer", StringComparison.Ordinal))
            await SayAsync(chat);
        if (!world.IsFinishing) await DoSomethingElseAsync(chat);
    }

    private async Task DoSomethingElseAsync(ChatRecord chat)
    {
        switch (random.Next(50))
        {
            case < 5:
                chat.AddTyping();
                await DoAsync(chat.Id, "SendStartTypingNotification");
                break;
            case 5 or 6:
                await DoAsync(chat.Id, "Leave");
                break;
            case 7:
                await CompleteAsync(chat.Id, "LeaveAndComplete");
                break;
            case 8:
                await CompleteAsync(chat.Id, "Complete");
                break;
        }
    }

    private async Task SayAsync(ChatRecord chat)
    {
        var message = chat.AddSent(Name, $"{Name} says {++textsSent}");
        var key = repeats == Repeats.WithSameKey ? Guid.NewGuid().ToString() : null;
        var repeated = false;
        while (true)
        {
            await world.ServingAsync();
            var reply = await DoAsync(chat.Id, "SendMessage", new JsonObject { ["text"] = message.Text }, key);
            // a repeat that is refused says nothing of the first try
            message.Fate = reply.Fate == Fate.Refused && repeated ? Fate.Unknown : reply.Fate;
            if (reply.Fate != Fate.Unknown || key is null) return;
            repeated = true;
        }
    }

    private async Task CompleteAsync(string id, string operation)
    {
        held.TryRemove(id, out _);
        if ((await DoAsync(id, operation)).Fate == Fate.Acknowledged) completed.TryAdd(id, 0);
    }

    private async Task<Reply> DoAsync(string id, string operation, JsonObject? parameters = null, string? key = null)
    {
        var body = parameters ?? [];
        body["operationName"] = operation;
        var reply = await wire.PostJsonAsync($"{MyChats}/{id}", body, key, world.Cancel);
        lastReply = $"{operation} {id}: {reply}";
        return reply;
    }

    private async Task<IReadOnlyList<Entry>?> ReadAsync(ChatRecord chat, int startIndex)
    {
        var reply = await wire.GetAsync($"{MyChats}/{chat.Id}/messages?startIndex={startIndex}", world.Cancel);
        return reply.Fate == Fate.Acknowledged ? Entry.ListFrom(reply.Body) : null;
    }
}
