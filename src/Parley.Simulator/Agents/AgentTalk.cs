using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;

namespace Parley.Simulator.Agents;

/// <summary>
/// One chat on an agent's desk: accepted, answered, now and then given to a colleague, completed after some work.
/// </summary>
internal sealed class AgentTalk(Shift shift, Agent agent, Desk desk, HttpWire wire, string id, Chance chance)
{
    private const double Transfers = 0.02;
    private const double SpreadOfWork = 0.5;
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SlowestReaction = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AfterChatWork = TimeSpan.FromSeconds(20);

    private readonly ChatView view = new(agent.Address);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? since;
    private volatile bool isFinishing;
    private bool isCompleted;

    private string Address => $"/api/v2/me/chats/{id}";

    public void StateChanged(JsonElement chat)
    {
        view.StateChanged(chat);
        news.Writer.TryWrite(true);
    }

    public void Told(JsonElement messages)
    {
        view.Told(messages);
        news.Writer.TryWrite(true);
    }

    public void IsGone()
    {
        view.IsGone();
        news.Writer.TryWrite(true);
    }

    /// <summary>Brings the chat to its end, whether there is a customer or not.</summary>
    public void Finish()
    {
        isFinishing = true;
        news.Writer.TryWrite(true);
    }

    /// <summary>Reads what was said so far.</summary>
    public async Task ReadAsync()
    {
        var (reply, verdict) = await shift.Meter.AskAsync(
            "agent reads", () => wire.GetAsync($"{Address}/messages", CancellationToken.None));
        if (verdict == Verdict.Done) Told(reply.Body.GetProperty("messages"));
    }

    /// <summary>Tends to the chat until it is off the desk.</summary>
    public async Task WorkAsync()
    {
        while (await news.Reader.WaitToReadAsync())
        {
            news.Reader.TryRead(out _);
            if (!await TendAsync()) continue;
            if (since is not null) shift.Workload.Put(agent.Name, shift.Closing.IsCancellationRequested ? null : since);
            return;
        }
    }

    /// <returns>True when the chat is off the desk.</returns>
    private async Task<bool> TendAsync()
    {
        switch (view.State)
        {
            case "Invited":
                await AnswerOfferAsync();
                return false;
            case "Chatting" when isFinishing && !isCompleted:
                await CompleteAsync();
                return false;
            case "Chatting":
                since ??= shift.Workload.Take(agent.Name);
                while (view is { State: "Chatting", HasQuestion: true } && await AnswerAsync()) { }
                return false;
            case "LeftChat" or "JoinFailed" when !isCompleted:
                await desk.AttendAsync(() => shift.PassAsync(chance.Around(AfterChatWork, SpreadOfWork)));
                await CompleteAsync();
                return false;
            default:
                return view.State is "Completed" or "Revoked";
        }
    }

    /// <summary>Accepts; nobody is accepted while the simulation closes, and who still waits at its end is refused.</summary>
    private async Task AnswerOfferAsync()
    {
        var reaction = chance.Around(Reaction, SpreadOfWork);
        if (await shift.PassAsync(reaction < SlowestReaction ? reaction : SlowestReaction)) await DoAsync("Accept");
        else if (isFinishing) await DoAsync("Reject");
    }

    /// <returns>False when there is nothing more to say.</returns>
    private Task<bool> AnswerAsync() => desk.AttendAsync(async () =>
    {
        var turn = Turn.Of(shift.Options, chance);
        view.TakeQuestion();
        if (!await shift.PassAsync(turn.Thinking) || view.State != "Chatting") return false;
        await shift.Meter.AskAsync("agent types", () => PostAsync("SendStartTypingNotification"));
        await shift.PassAsync(turn.Typing);
        await shift.Meter.AskAsync("agent types", () => PostAsync("SendStopTypingNotification"));
        if (shift.Closing.IsCancellationRequested || view.State != "Chatting") return false;
        if (await DoAsync("SendMessage", new() { ["text"] = turn.Text }) == Verdict.Done) shift.Tally.MessageSent();
        if (agent.Colleague is { } colleague && chance.Happens(Transfers)
            && await DoAsync("Transfer", new() { ["targetUri"] = colleague.Address }) == Verdict.Done)
            shift.Tally.Transferred();
        return true;
    });

    /// <summary>The notice that it is completed follows.</summary>
    private async Task CompleteAsync() =>
        isCompleted = await DoAsync("Complete") is Verdict.Done or Verdict.TooLate;

    private async Task<Verdict> DoAsync(string operation, JsonObject? parameters = null)
    {
        var kind = operation switch
        {
            "SendMessage" => "agent sends",
            "Accept" or "Reject" => "agent takes an offer",
            _ => $"agent: {operation}",
        };
        return (await shift.InsistAsync(kind, key => PostAsync(operation, parameters, key))).Verdict;
    }

    private Task<Reply> PostAsync(string operation, JsonObject? parameters = null, string? key = null)
    {
        var body = parameters ?? [];
        body["operationName"] = operation;
        return wire.PostJsonAsync(Address, body, key, CancellationToken.None);
    }
}
