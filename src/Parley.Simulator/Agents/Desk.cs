using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;

namespace Parley.Simulator.Agents;

/// <summary>The chats of one agent, who attends to one at a time.</summary>
internal sealed class Desk(Shift shift, Agent agent, HttpWire wire) : IDisposable
{
    private const string Mine = "/api/v2/me/chats";
    private static readonly TimeSpan FinishPatience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, AgentTalk> talks = new();
    private readonly ConcurrentDictionary<AgentTalk, Task> works = new();
    private readonly SemaphoreSlim attention = new(1);
    private int taken;

    /// <summary>Does something that takes the agent's whole attention.</summary>
    public async Task<bool> AttendAsync(Func<Task<bool>> work)
    {
        await attention.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            attention.Release();
        }
    }

    /// <summary>The agent was told something, one thing after the other.</summary>
    public void Heard(JsonElement notice)
    {
        switch (notice.GetProperty("messageType").GetString())
        {
            case "ChatStateChangeMessage":
                Seen(notice.GetProperty("chat"));
                break;
            case "MessageLogUpdated" when notice.TryGetProperty("messages", out var messages):
                var path = notice.GetProperty("chatPath").GetString()!;
                if (talks.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var talk)) talk.Told(messages);
                break;
        }
    }

    /// <summary>Takes the list of chats for the truth, and reads what was said in each.</summary>
    public async Task ReadEverythingAsync()
    {
        var (list, verdict) = await shift.Meter.AskAsync(
            "agent reads", () => wire.GetAsync($"{Mine}?fields=*", CancellationToken.None));
        if (verdict != Verdict.Done) throw new IOException(list.Why);
        var chats = list.Body.GetProperty("chats").EnumerateArray().ToArray();
        foreach (var gone in talks.Keys.Except(chats.Select(IdOf)))
            if (talks.TryRemove(gone, out var talk)) talk.IsGone();
        foreach (var chat in chats)
        {
            Seen(chat);
            if (talks.TryGetValue(IdOf(chat), out var talk)) await talk.ReadAsync();
        }
    }

    /// <summary>Brings every chat to its end, unless that takes too long.</summary>
    public async Task FinishAsync()
    {
        foreach (var talk in works.Keys) talk.Finish();
        try
        {
            await Task.WhenAll(works.Values).WaitAsync(FinishPatience);
        }
        catch (TimeoutException)
        {
            shift.Meter.Note(Verdict.Wrong, "agent: a chat could not be brought to its end");
        }
    }

    public void Dispose() => attention.Dispose();

    private static string IdOf(JsonElement chat) => chat.GetProperty("id").GetString()!;

    private void Seen(JsonElement chat)
    {
        var (id, isOver) = (IdOf(chat), chat.GetProperty("state").GetString() is "Completed" or "Revoked");
        if (isOver)
        {
            // who is offered the same chat again begins anew
            if (talks.TryRemove(id, out var gone)) gone.StateChanged(chat);
        }
        else if (talks.TryGetValue(id, out var known)) known.StateChanged(chat);
        else Begin(id).StateChanged(chat);
    }

    private AgentTalk Begin(string id)
    {
        var chance = new Chance(shift.Options.Seed, $"agent {agent.Name}, chat {++taken}");
        var talk = talks[id] = new AgentTalk(shift, agent, this, wire, id, chance);
        works[talk] = Task.Run(async () =>
        {
            await talk.WorkAsync();
            works.TryRemove(talk, out _);
        });
        return talk;
    }
}
