using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Parley.LossChecker.Journals;
using Parley.LossChecker.Wire;

namespace Parley.LossChecker.Players;

/// <summary>One chat on an agent's desk: accepts it, answers, asks a colleague in, reads the transcript at the end, completes it.</summary>
internal sealed class AgentTalk
{
    private const double Answers = 0.8, ReadsAgain = 0.02, AsksForHelp = 0.01, SpeaksToColleague = 0.3, Ends = 0.002;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TellingPatience = TimeSpan.FromSeconds(60);

    private readonly Play play;
    private readonly Agent agent;
    private readonly HttpWire wire;
    private readonly Random random;
    private readonly Action<string> gone;
    private readonly string id;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Queue<JsonElement> withoutName = new();
    private readonly Lock gate = new();
    private readonly Task working;
    private Sender? sender;
    private string? talk;
    private string state = "";
    private string view = "";
    private bool hasColleague, isBehindTheBack;
    private int toAnswer, lastIndex;
    private volatile string atWorkOn = "new";

    public AgentTalk(Play play, Agent agent, HttpWire wire, string id, Random random, Action<string> gone)
    {
        (this.play, this.agent, this.wire, this.id, this.random, this.gone) = (play, agent, wire, id, random, gone);
        working = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>What the agent is at in this chat.</summary>
    public string AtWorkOn => $"{talk ?? id} {state}: {atWorkOn}";

    private string Address => $"/api/v2/me/chats/{id}";

    /// <summary>The agent was told of the chat as it sees it now.</summary>
    public void StateChanged(JsonElement chat)
    {
        lock (gate)
        {
            var now = chat.GetProperty("state").GetString()!;
            if (now == "Invited" && state != "Invited") (lastIndex, view) = (0, agent.NextView());
            state = now;
            if (chat.TryGetProperty("participants", out var participants)) Look(participants);
        }
        news.Writer.TryWrite(true);
    }

    /// <summary>The chat is not on the list any more.</summary>
    public void IsGone()
    {
        lock (gate) state = "Revoked";
        news.Writer.TryWrite(true);
    }

    /// <summary>The agent was told of lines of the transcript.</summary>
    public void Told(JsonElement messages)
    {
        lock (gate)
        {
            foreach (var message in messages.EnumerateArray())
            {
                Recognise(message);
                withoutName.Enqueue(message.Clone());
            }
            while (talk is not null && withoutName.TryDequeue(out var message))
                if (LineOf(message) is { } line) Told(line, message);
        }
        news.Writer.TryWrite(true);
    }

    /// <summary>Reads what could not be told; false if it was not answered.</summary>
    public async Task<bool> RefillAsync()
    {
        var reply = await wire.GetAsync($"{Address}/messages", play.Cancel);
        if (reply.Fate == Fate.Unknown) return false;
        if (reply.Fate == Fate.Refused) return true;
        lock (gate)
        {
            if (view.Length == 0) view = agent.NextView();
            var messages = reply.Body.GetProperty("messages").EnumerateArray().ToArray();
            foreach (var message in messages) Recognise(message);
            Line[] lines = [.. messages.Select(LineOf).OfType<Line>()];
            if (talk is null || lines.Length == 0) return true;
            play.Journal.Add(new Refilled(talk, view, lines));
            lastIndex = Math.Max(lastIndex, lines[^1].Index);
        }
        return true;
    }

    public Task StopAsync()
    {
        news.Writer.TryComplete();
        return working;
    }

    private void Told(Line line, JsonElement message)
    {
        play.Journal.Add(new Heard(talk!, view, line));
        lastIndex = Math.Max(lastIndex, line.Index);
        if (line.Text is not null && $"{message.GetProperty("from").GetProperty("type")}" == "Customer") Interlocked.Increment(ref toAnswer);
    }

    /// <summary>The talk is named by its customer, whose coming is its first line.</summary>
    private void Recognise(JsonElement message)
    {
        if (talk is not null || !message.TryGetProperty("from", out var from) || $"{from.GetProperty("type")}" != "Customer") return;
        talk = from.GetProperty("nickname").GetString()!;
        sender = new Sender(play, talk, agent.Name);
    }

    private void Look(JsonElement participants)
    {
        var agents = participants.EnumerateArray().Where(party => $"{party.GetProperty("type")}" == "Agent").ToArray();
        hasColleague = agents.Length > 1;
        isBehindTheBack = agents.Any(party =>
            $"{party.GetProperty("visibility")}" == "Agents" && $"{party.GetProperty("uri")}".EndsWith(agent.Uri, StringComparison.Ordinal));
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await NewsAsync())
                if (await TendAsync()) return;
        }
        catch (OperationCanceledException)
        {
            // the play is over
        }
        finally
        {
            gone(id);
        }
    }

    /// <summary>Waits for something new, or a second; false when the shift is over.</summary>
    private async Task<bool> NewsAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(play.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
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
        switch (state)
        {
            case "Invited":
                await DoAsync("Accept");
                return false;
            case "Chatting" when talk is not null && play.IsAbandoned(talk):
                await DoAsync("Complete");
                return false;
            case "Chatting" when talk is not null:
                await ConverseAsync();
                return false;
            case "LeftChat" or "JoinFailed":
                await ReadToTheEndAsync();
                await DoAsync("Complete");
                return false;
            case "Completed" or "Revoked":
                if (talk is not null) play.Journal.Add(new ViewEnded(talk, view));
                return true;
            default:
                return false;
        }
    }

    private async Task ConverseAsync()
    {
        for (; state == "Chatting" && toAnswer > 0; Interlocked.Decrement(ref toAnswer))
        {
            if (random.NextDouble() < Answers) await SayAsync();
            if (random.NextDouble() < ReadsAgain) await ReadAsync(ReadKind.Meanwhile);
            if (!hasColleague && agent.Colleague is { } colleague && random.NextDouble() < AsksForHelp)
                await DoAsync(random.Next(2) == 0 ? "Consult" : "Invite", new() { ["targetUri"] = colleague.Uri });
            if (!hasColleague && random.NextDouble() < Ends) await DoAsync("Leave");
        }
    }

    private Task<Reply> SayAsync()
    {
        atWorkOn = "saying";
        var toAgents = isBehindTheBack || (hasColleague && random.NextDouble() < SpeaksToColleague);
        var operation = toAgents ? "SendToAgents" : "SendMessage";
        return sender!.SayAsync(toAgents ? Readers.Agents : Readers.Everybody, (text, key) =>
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
            while (lastIndex < last)
            {
                atWorkOn = $"told up to {lastIndex} of {last}";
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
            if (talk is not null) play.Journal.Add(new ReadBegan(read, talk));
            var reply = await wire.GetAsync($"{Address}/messages", play.Cancel);
            if (reply.Fate == Fate.Refused) return null;
            if (reply.Fate == Fate.Acknowledged)
            {
                var messages = reply.Body.GetProperty("messages").EnumerateArray().ToArray();
                Line[] lines = [.. messages.Select(LineOf).OfType<Line>()];
                if (talk is not null) play.Journal.Add(new ReadDone(read, talk, view, kind, lines));
                return lines.Length == 0 ? 0 : lines[^1].Index;
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
        while ((await wire.PostJsonAsync(Address, body, key, play.Cancel)).Fate == Fate.Unknown) await Task.Delay(Pause, play.Cancel);
        atWorkOn = $"{operation} done";
    }

    private static Line? LineOf(JsonElement message) => message.GetProperty("index").GetInt32() is > 0 and var index
        ? new Line(
            index, message.TryGetProperty("text", out var text) ? text.GetString() : null,
            message.TryGetProperty("visibility", out var visibility) && $"{visibility}" == "Agents" ? Readers.Agents : Readers.Everybody)
        : null;
}
