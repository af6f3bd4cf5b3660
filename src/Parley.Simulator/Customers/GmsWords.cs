using System.Text.Json;

namespace Parley.Simulator.Customers;

/// <summary>What opens a chat of GMS Chat to its customer, over REST and CometD alike.</summary>
internal sealed record GmsKeys(string ChatId, string SecureKey)
{
    /// <summary>The keys that an answer or push of success brings.</summary>
    public static GmsKeys Of(JsonElement answer) =>
        new(answer.GetProperty("chatId").GetString()!, answer.GetProperty("secureKey").GetString()!);
}

/// <summary>Reads what GMS Chat says, over REST and CometD alike.</summary>
internal static class GmsWords
{
    /// <summary>Tells what an answer or push has to tell.</summary>
    public static void Tell(JsonElement answer, Hearing hearing)
    {
        if (answer.TryGetProperty("messages", out var messages))
            foreach (var message in messages.EnumerateArray()) hearing.Told(LineOf(message));
        if (answer.TryGetProperty("chatEnded", out var ended) && ended.GetBoolean()) hearing.Over();
    }

    private static Line LineOf(JsonElement message)
    {
        var speaker = message.GetProperty("from").GetProperty("type").GetString() switch
        {
            "Client" => Speaker.Customer,
            "Agent" => Speaker.Agent,
            _ => Speaker.Server,
        };
        var isText = message.GetProperty("type").GetString() == "Message";
        return new Line(
            message.GetProperty("index").GetInt32(), speaker, isText ? message.GetProperty("text").GetString() : null);
    }
}
