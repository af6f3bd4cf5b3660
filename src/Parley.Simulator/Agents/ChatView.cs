using System.Text.Json;

namespace Parley.Simulator.Agents;

/// <summary>What an agent was told of one chat.</summary>
/// <param name="me">The agent's address, <c>/api/v2/users/{id}</c>.</param>
internal sealed class ChatView(string me)
{
    private readonly Lock gate = new();
    private int lastIndex, lastQuestion, answered;

    /// <summary>The chat's state in the agent's eyes: Invited, Chatting, LeftChat, …</summary>
    public string State { get; private set; } = "";

    public void StateChanged(JsonElement chat)
    {
        lock (gate) State = chat.GetProperty("state").GetString()!;
    }

    /// <summary>The chat is not on the agent's list any more.</summary>
    public void IsGone()
    {
        lock (gate) State = "Revoked";
    }

    /// <summary>Lines of the transcript; those that were told before count once.</summary>
    public void Told(JsonElement messages)
    {
        lock (gate)
        {
            foreach (var message in messages.EnumerateArray())
            {
                var index = message.GetProperty("index").GetInt32();
                if (index <= lastIndex) continue;
                lastIndex = index;
                if (!message.TryGetProperty("type", out var type) || !type.ValueEquals("Text")) continue;
                var from = message.GetProperty("from");
                if (from.GetProperty("type").ValueEquals("Customer")) lastQuestion = index;
                else if (from.GetProperty("type").ValueEquals("Agent") && !IsMe(from)) answered = index;
            }
        }
    }

    /// <summary>Whether the customer said something that nobody has answered.</summary>
    public bool HasQuestion
    {
        get
        {
            lock (gate) return lastQuestion > answered;
        }
    }

    /// <summary>From now on what the customer said is being answered.</summary>
    public void TakeQuestion()
    {
        lock (gate) answered = Math.Max(answered, lastQuestion);
    }

    private bool IsMe(JsonElement party) =>
        party.TryGetProperty("uri", out var uri) && $"{uri}".EndsWith(me, StringComparison.Ordinal);
}
