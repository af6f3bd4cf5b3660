using System.Reflection;
using System.Text.Json;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>What holds for everything the server sends.</summary>
internal static class AnswerRules
{
    private static readonly HashSet<string> Errors = AllErrors();

    /// <summary>
    /// Checks each message of an answer and gives the replies that were asked for: without events and without the farewell.
    /// </summary>
    public static List<(string? Channel, string? Id)> Check(byte[] answer)
    {
        var replies = new List<(string?, string?)>();
        using var document = JsonDocument.Parse(answer);
        Assert.NotEqual(0, document.RootElement.GetArrayLength());
        foreach (var message in document.RootElement.EnumerateArray())
        {
            var (channel, id) = (TextOf(message, "channel"), TextOf(message, "id"));
            if (message.TryGetProperty("data", out _)) CheckEvent(message);
            else if (CheckReply(message) && (channel, id) is not ("/meta/disconnect", null)) replies.Add((channel, id));
        }
        return replies;
    }

    private static void CheckEvent(JsonElement message)
    {
        foreach (var member in message.EnumerateObject())
            Assert.Contains(member.Name, new[] { "channel", "data", "ext", "timestamp", "id", "successful" });
        Assert.True(ChannelName.TryParse(TextOf(message, "channel"), out var name) && !name.IsPattern && !name.IsMeta);
    }

    private static bool CheckReply(JsonElement message)
    {
        Assert.True(message.TryGetProperty("successful", out var successful), $"no successful: {message}");
        Assert.True(successful.ValueKind is JsonValueKind.True or JsonValueKind.False, $"successful: {message}");
        Assert.True(message.TryGetProperty("error", out var error) == !successful.GetBoolean(), $"error: {message}");
        if (!successful.GetBoolean()) Assert.Contains(error.GetString()!, Errors);
        if (TextOf(message, "channel") is "/meta/connect" && successful.GetBoolean() && message.TryGetProperty("ext", out var ext)
            && ext.TryGetProperty("ack", out var batch)) Assert.True(batch.GetInt64() > 0);
        return true;
    }

    private static string? TextOf(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static HashSet<string> AllErrors()
    {
        var table = typeof(BayeuxErrors).GetFields(BindingFlags.Static | BindingFlags.Public);
        var all = table.Select(field => (string)field.GetRawConstantValue()!).ToLookup(word => char.IsAsciiDigit(word[0]));
        string[] reasons = [Permission.ByPolicy, "denied_by_not_granting", "closed"];
        return [.. all[true], .. all[false].SelectMany(word => reasons.Select(reason => BayeuxErrors.Denied(word, reason)))];
    }
}
