using System.Text.Json;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>What an agent was told of one chat, and what follows from it; each line that is told goes to the journal.</summary>
internal sealed class AgentView(Play play, Agent agent)
{
    private readonly Lock gate = new();
    private readonly Queue<JsonElement> unnamed = new();
    private int toAnswer;
    private int lastIndex;

    /// <summary>The talk, by the name of its customer, whose coming is the first line that is told; null before.</summary>
    public string? Talk { get; private set; }

    /// <summary>The chat's state in the agent's eyes.</summary>
    public string State { get; private set; } = "";

    /// <summary>The name of these eyes in the journal: another one each time the agent is asked in.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The last line that was told.</summary>
    public int LastIndex => Volatile.Read(ref lastIndex);

    /// <summary>Whether a colleague is in the chat.</summary>
    public bool HasColleague { get; private set; }

    /// <summary>Whether the customer does not know of this agent.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>Takes one of the customer's texts that wait for an answer; false if none does.</summary>
    public bool TakeText()
    {
        if (Volatile.Read(ref toAnswer) == 0) return false;
        Interlocked.Decrement(ref toAnswer);
        return true;
    }

    /// <summary>The agent was told of the chat as it sees it now.</summary>
    public void StateChanged(JsonElement chat)
    {
        lock (gate)
        {
            var now = chat.GetProperty("state").GetString()!;
            if (now == "Invited" && State != "Invited") (lastIndex, Name) = (0, agent.NextView());
            State = now;
            if (chat.TryGetProperty("participants", out var participants)) Look(participants);
        }
    }

    /// <summary>The chat is not on the list any more.</summary>
    public void IsGone()
    {
        lock (gate) State = "Revoked";
    }

    /// <summary>The agent was told of lines of the transcript.</summary>
    public void Told(JsonElement messages)
    {
        lock (gate)
        {
            foreach (var message in messages.EnumerateArray())
            {
                Recognise(message);
                unnamed.Enqueue(message.Clone());
            }
            while (Talk is not null && unnamed.TryDequeue(out var message))
            {
                if (LineOf(message) is not { } line) continue;
                play.Journal.Add(new Heard(Talk, Name, line));
                lastIndex = Math.Max(lastIndex, line.Index);
                if (line.Text is not null && TypeOfSender(message) == "Customer") Interlocked.Increment(ref toAnswer);
            }
        }
    }

    /// <summary>The agent read what could not be told.</summary>
    public void Refilled(JsonElement messages)
    {
        lock (gate)
        {
            if (Name.Length == 0) Name = agent.NextView();
            foreach (var message in messages.EnumerateArray()) Recognise(message);
            var lines = LinesOf(messages);
            if (Talk is null || lines.Count == 0) return;
            play.Journal.Add(new Refilled(Talk, Name, lines));
            lastIndex = Math.Max(lastIndex, lines[^1].Index);
        }
    }

    /// <summary>The lines of a transcript that have an index of their own.</summary>
    public static IReadOnlyList<Line> LinesOf(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(LineOf).OfType<Line>()];

    private void Recognise(JsonElement message)
    {
        if (Talk is null && TypeOfSender(message) == "Customer")
            Talk = message.GetProperty("from").GetProperty("nickname").GetString();
    }

    private void Look(JsonElement participants)
    {
        var agents = participants.EnumerateArray().Where(party => $"{party.GetProperty("type")}" == "Agent").ToArray();
        HasColleague = agents.Length > 1;
        IsHidden = agents.Any(party => $"{party.GetProperty("visibility")}" == "Agents"
            && $"{party.GetProperty("uri")}".EndsWith(agent.Uri, StringComparison.Ordinal));
    }

    private static string? TypeOfSender(JsonElement message) =>
        message.TryGetProperty("from", out var from) ? from.GetProperty("type").GetString() : null;

    private static Line? LineOf(JsonElement message)
    {
        var index = message.GetProperty("index").GetInt32();
        if (index < 1) return null;
        var isForAgents = message.TryGetProperty("visibility", out var visibility) && visibility.GetString() == "Agents";
        // what the service itself says is no text
        var isText = TypeOfSender(message) is "Customer" or "Agent";
        return new Line(
            index, isText && message.TryGetProperty("text", out var text) ? text.GetString() : null,
            isForAgents ? Readers.Agents : Readers.Everybody);
    }
}
