using System.Text.Json.Nodes;
using System.Text.Json;
using System.Threading.Channels;
using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// One chat on an agent's desk: accepts it, answers, asks a colleague in, reads the transcript at the end, completes it.
/// </summary>
internal sealed class AgentTalk
{
    private const double Answers = 0.8, ReadsAgain = 0.02, AsksForHelp = 0.01, SpeaksToColleague = 0.3, Ends = 0.002;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TellingPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Play play;
    private readonly Agent agent;
    private readonly HttpWire wire;
    private readonly Random random;
    private readonly string id;
    private readonly AgentView view;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task working;
    private Sender? sender;
    private volatile string atWorkOn = "new";

    public AgentTalk(Play play, Agent agent, HttpWire wire, string id, Random random, Action<string> gone)
    {
        (this.play, this.agent, this.wire, this.id, this.random) = (play, agent, wire, id, random);
        view = new AgentView(play, agent);
        working = Task.Run(() => WorkAsync(gone), CancellationToken.None);
    }

    /// <summary>What the agent is at in this chat.</summary>
    public string AtWorkOn => $"{view.Talk ?? id} {view.State}: {atWorkOn}";

    private string Address => $"/api/v2/me/chats/{id}";

    public void StateChanged(JsonElement chat)
    {
        view.StateChanged(chat);
        news.Writer.TryWrite(true);
    }

    public void IsGone()
    {
        view.IsGone();
        news.Writer.TryWrite(true);
    }

    public void Told(JsonElement messages)
    {
        view.Told(messages);
        news.Writer.TryWrite(true);
    }

    /// <summary>Reads what could not be told; false if it was not answered.</summary>
    public async Task<bool> RefillAsync()
    {
        var reply = await wire.GetAsync($"{Address}/messages", play.Cancel);
        if (reply.Fate == Fate.Acknowledged) view.Refilled(reply.Body.GetProperty("messages"));
        return reply.Fate != Fate.Unknown;
    }

    public Task StopAsync()
    {
        news.Writer.TryComplete();
        return working;
    }

    private async Task WorkAsync(Action<string> gone)
    {
        try
        {
            while (await NewsAsync())
                if (await TendAsync()) return;
        }
        catch (OperationCanceledException) when (play.Cancel.IsCancellationRequested)
        {
            // the play is over
        }
        finally
        {
            gone(id);
        }
    }

    /// <summary>Waits for something new, or a moment; false when the shift is over.</summary>
    private async Task<bool> NewsAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(play.Cancel);
        limit.CancelAfter(LookEvery);
        try
        {
            return await news.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!play.Cancel.IsCancellationRequested)
        {
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <returns>True when the chat is off the desk.</returns>
    private async Task<bool> TendAsync()
    {
        switch (view.State)
        {
            case "Invited":
                await DoAsync("Accept");
                return false;
            case "Chatting" when view.Talk is { } talk && play.IsAbandoned(talk):
                await DoAsync("Complete");
                return false;
            case "Chatting" when view.Talk is { } talk:
                await ConverseAsync(sender ??= new Sender(play, talk, agent.Name));
                return false;
            case "LeftChat" or "JoinFailed":
                await ReadToTheEndAsync();
                await DoAsync("Complete");
                return false;
            case "Completed" or "Revoked":
                if (view.Talk is { } ended) play.Journal.Add(new ViewEnded(ended, view.Name));
                return true;
            default:
                return false;
        }
    }

    private async Task ConverseAsync(Sender sender)
    {
        while (view.State == "Chatting" && view.TakeText())
        {
            if (random.NextDouble() < Answers) await SayAsync(sender);
            if (random.NextDouble() < ReadsAgain) await ReadAsync(ReadKind.Meanwhile);
            if (view.HasColleague) continue;
            if (agent.Colleague is { } colleague && random.NextDouble() < AsksForHelp)
                await DoAsync(random.Next(2) == 0 ? "Consult" : "Invite", new() { ["targetUri"] = colleague.Uri });
            if (random.NextDouble() < Ends) await DoAsync("Leave");
        }
    }

    private Task<Reply> SayAsync(Sender sender)
    {
        atWorkOn = "saying";
        var toAgents = view.IsHidden || (view.HasColleague && random.NextDouble() < SpeaksToColleague);
        var operation = toAgents ? "SendToAgents" : "SendMessage";
        return sender.SayAsync(toAgents ? Readers.Agents : Readers.Everybody, (text, key) =>
            wire.PostJsonAsync(Address, new() { ["operationName"] = operation, ["text"] = text }, key, play.Cancel));
    }

    /// <summary>The whole transcript; then waits until pushes have told as much.</summary>
    private async Task ReadToTheEndAsync()
    {
        atWorkOn = "reading the transcript";
        if (await ReadAsync(ReadKind.Final) is not { } last) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(play.Cancel);
        patience.CancelAfter(TellingPatience);
        try
        {
            while (view.LastIndex < last)
            {
                atWorkOn = $"told up to {view.LastIndex} of {last}";
                await Task.Delay(50, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!play.Cancel.IsCancellationRequested)
        {
            // the judge will say what was not told
        }
    }

    /// <returns>The last index; null if the chat is not this agent's any more.</returns>
    private async Task<int?> ReadAsync(ReadKind kind)
    {
        while (true)
        {
            var read = play.Journal.NextRead();
            if (view.Talk is { } asked) play.Journal.Add(new ReadBegan(read, asked));
            var reply = await wire.GetAsync($"{Address}/messages", play.Cancel);
            if (reply.Fate == Fate.Refused) return null;
            if (reply.Fate == Fate.Acknowledged)
            {
                var lines = AgentView.LinesOf(reply.Body.GetProperty("messages"));
                if (view.Talk is { } talk) play.Journal.Add(new ReadDone(read, talk, view.Name, kind, lines));
                return lines.Count == 0 ? 0 : lines[^1].Index;
            }
            await Task.Delay(Pause, play.Cancel);
        }
    }

    /// <summary>Does it, again and again with the same key until it is answered.</summary>
    private async Task DoAsync(string operation, JsonObject? parameters = null)
    {
        atWorkOn = operation;
        var body = parameters ?? [];
        body["operationName"] = operation;
        var key = $"{Guid.NewGuid():N}";
        while ((await wire.PostJsonAsync(Address, body, key, play.Cancel)).Fate == Fate.Unknown)
            await Task.Delay(Pause, play.Cancel);
        atWorkOn = $"{operation} done";
    }
}
