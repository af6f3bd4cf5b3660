using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>Reads everything that everybody is told and can read, and holds it against the ledger.</summary>
/// <remarks>
/// Routing acts by itself, so the ledger may lag behind what is read; it only ever allows more, and a real betrayal stays one.
/// </remarks>
internal sealed class Eavesdropper(RandomTalk talk)
{
    private readonly Dictionary<string, int> judged = [];
    private readonly Dictionary<string, int> read = [];

    /// <summary>What somebody has learnt who should not; null when nobody has.</summary>
    public async Task<string?> Complaint()
    {
        var desks = new Dictionary<string, JsonArray>();
        foreach (var (id, client) in talk.Staff) desks[id] = await client.ReadChats();
        foreach (var (chat, customer) in talk.Customers)
        {
            var door = await customer.Post("refresh", ("transcriptPosition", "1"));
            var holders = desks.Where(d => d.Value.Any(c => c!["id"]!.GetValue<string>() == chat)).Select(d => d.Key).ToHashSet();
            talk.Ledger.Settle(chat, holders, !door.ChatEnded);
            if (AtTheDoor(chat, door.Body) is { } betrayed) return betrayed;
        }
        foreach (var (id, client) in talk.Staff)
        {
            var views = desks[id].Select(view => (view!["id"]!.GetValue<string>(), view!));
            foreach (var (chat, view) in views)
                if (Complain(chat, id, view) is { } inList) return inList;
            if (Pushes(id, client) is { } pushed) return pushed;
        }
        return await Reads(desks);
    }

    /// <summary>The customer is told what is meant for everyone, and counts nobody whom it does not know.</summary>
    private string? AtTheDoor(string chat, JsonObject answer)
    {
        answer.Remove("secureKey"); // the customer's own; it looks like a user's id
        if (Complain(chat, Confidences.Customer, answer) is { } betrayed) return betrayed;
        var messages = answer["messages"]!.AsArray();
        var numbers = messages.Select(m => m!["from"]!["participantId"]!.GetValue<int>()).Distinct().ToArray();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Length)))
            return $"the customer of {chat} knows participants {string.Join(", ", numbers)}";
        return Missing(chat, Confidences.Customer, messages);
    }

    private string? Pushes(string id, AgentClient client)
    {
        var all = client.Inbox.All;
        for (var i = judged.GetValueOrDefault(id); i < all.Count; judged[id] = ++i)
        {
            if (all[i]["channel"]!.GetValue<string>() != AgentClient.Chats) continue;
            var data = all[i]["data"]!;
            var chat = data["chat"]?["id"]?.GetValue<string>() ?? data["chatPath"]!.GetValue<string>().Split('/')[^1];
            if (Complain(chat, id, data) is { } betrayed) return betrayed;
        }
        return null;
    }

    /// <summary>Every address of every chat that has changed since it was last read, and of those of others.</summary>
    private async Task<string?> Reads(Dictionary<string, JsonArray> desks)
    {
        foreach (var chat in talk.Ledger.Chats)
        {
            foreach (var (id, client) in talk.Staff)
            {
                var isMine = desks[id].Any(c => c!["id"]!.GetValue<string>() == chat);
                if (!isMine && read.GetValueOrDefault(chat + id) == talk.Steps.Count / 20) continue;
                read[chat + id] = talk.Steps.Count / 20;
                if (await Read(chat, id, client, isMine) is { } betrayed) return betrayed;
            }
        }
        return null;
    }

    private async Task<string?> Read(string chat, string id, AgentClient client, bool isMine)
    {
        foreach (var path in (string[])["me/chats/" + chat, "chats/" + chat])
        {
            var answer = await client.Get($"/api/v2/{path}?fields=*");
            var messages = await client.Get($"/api/v2/{path}/messages");
            // supervisors may look at any chat of those they are responsible for, everything in it included
            if (!isMine && talk.IsSupervisor(id)) continue;
            foreach (var one in (Answer[])[answer, messages])
            {
                if (isMine != (one.StatusCode == 0)) return $"{id} reads {path}: {one.Body.ToJsonString()}";
                if (Complain(chat, id, one.Body) is { } betrayed) return betrayed;
            }
            if (isMine && Missing(chat, id, messages.Body["messages"]!.AsArray()) is { } missing) return missing;
            if (isMine && Holes(chat, id, messages.Body["messages"]!.AsArray()) is { } holes) return holes;
            if (isMine && Crowd(chat, id, answer.Body["chat"]!) is { } crowd) return crowd;
        }
        foreach (var other in talk.Staff.Keys.Where(o => o != id && !talk.IsSupervisor(id)))
        {
            var answer = await client.Get($"/api/v2/users/{other}/chats?fields=*");
            if (answer.StatusCode == 0) return $"{id} reads the chats of {other}: {answer.Body.ToJsonString()}";
        }
        return null;
    }

    /// <summary>All that is meant for the reader is there, in order.</summary>
    private string? Missing(string chat, string reader, JsonArray messages)
    {
        var words = messages.Select(m => (m!["text"] ?? m["url"] ?? m["noticeText"])?.GetValue<string>()).OfType<string>()
            .Select(t => t[t.IndexOf("zq", StringComparison.Ordinal)..]);
        var expected = talk.Ledger.Of(chat).WordsFor(reader).ToArray();
        return words.SequenceEqual(expected)
            ? null
            : $"{reader} of {chat} expects {string.Join(' ', expected)} and reads {messages.ToJsonString()}";
    }

    /// <summary>Agents find no hole where a silent supervisor might have been.</summary>
    private static string? Holes(string chat, string id, JsonArray messages)
    {
        var indexes = messages.Select(m => m!["index"]!.GetValue<int>()).ToArray();
        return indexes.SequenceEqual(Enumerable.Range(1, indexes.Length))
            ? null
            : $"{id} finds {string.Join(", ", indexes)} in {chat}";
    }

    /// <summary>Those in the session, and whether there is somebody to whisper with.</summary>
    private string? Crowd(string chat, string id, JsonNode view)
    {
        var ledger = talk.Ledger.Of(chat);
        var isInside = ledger.IsInside(id);
        string[] present = isInside ? [.. ledger.PresentFor(id).Order()] : [];
        var shown = view["participants"]!.AsArray().Select(p => p!["nickname"]!.GetValue<string>()).Order();
        var mayWhisper = isInside && ledger.HasColleague(id) && ledger.StanceOf(id) != Stance.Silent;
        var offered = view["capabilities"]!.AsArray().Any(c => c!.GetValue<string>() == "SendToAgents");
        return shown.SequenceEqual(present) && offered == mayWhisper ? null
            : $"{id} should see {string.Join(", ", present)} and sees {view.ToJsonString()}";
    }

    private string? Complain(string chat, string reader, JsonNode text) => talk.Ledger.Complaint(chat, reader, text);
}
