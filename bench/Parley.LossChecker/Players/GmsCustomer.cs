using System.Globalization;
using System.Text.Json;
using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// A customer at GMS Chat over REST, <c>/genesys/2/chat/{service}</c>: polls with the position that comes next.
/// </summary>
internal sealed class GmsCustomer(Play play, int number) : Customer(play, number, "b")
{
    private GmsKeys? keys;

    protected override async Task<bool> BeginAsync()
    {
        var reply = await Wire.PostFormAsync(
            $"/genesys/2/chat/{Play.ChatService}", [KeyValuePair.Create("nickname", Talk)], null, Play.Cancel);
        if (reply.Fate != Fate.Acknowledged) return false;
        keys = new GmsKeys(
            Play.ChatService, reply.Body.GetProperty("chatId").GetString()!, reply.Body.GetProperty("secureKey").GetString()!);
        return true;
    }

    protected override async Task<Reply> SendAsync(string text, string key) =>
        Seen(await keys!.PostAsync(Wire, "send", Play.Cancel, key, ("message", text), ("messageType", "text")));

    protected override async Task<Fate> LeaveAsync() => Seen(await keys!.PostAsync(Wire, "disconnect", Play.Cancel)).Fate;

    protected override async Task<bool> PollAsync()
    {
        var position = (LastIndex + 1).ToString(CultureInfo.InvariantCulture);
        var reply = await keys!.PostAsync(Wire, "refresh", Play.Cancel, null, ("transcriptPosition", position));
        if (reply.Fate == Fate.Acknowledged)
            foreach (var message in reply.Body.GetProperty("messages").EnumerateArray())
                Told(GmsKeys.LineOf(message), GmsKeys.IsAgents(message));
        return Seen(reply).Fate == Fate.Acknowledged;
    }

    protected override Task<IReadOnlyList<Line>?> ReadAsync() => keys!.ReadAsync(Wire, Play.Cancel);

    private Reply Seen(Reply reply)
    {
        IsOver |= reply.Fate != Fate.Unknown && reply.Body.TryGetProperty("chatEnded", out var ended) && ended.GetBoolean();
        return reply;
    }
}

/// <summary>What opens a chat of GMS Chat to its customer, over REST and CometD alike.</summary>
internal sealed record GmsKeys(string Service, string ChatId, string SecureKey)
{
    public Task<Reply> PostAsync(
        HttpWire wire, string operation, CancellationToken cancel, string? key = null,
        params (string Name, string Value)[] fields) =>
        wire.PostFormAsync(
            $"/genesys/2/chat/{Service}/{ChatId}/{operation}",
            fields.Append(("secureKey", SecureKey)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)), key, cancel);

    /// <summary>The transcript from its beginning, page by page; null if it was not told.</summary>
    public async Task<IReadOnlyList<Line>?> ReadAsync(HttpWire wire, CancellationToken cancel)
    {
        var lines = new List<Line>();
        for (var position = 1; ;)
        {
            var reply = await PostAsync(
                wire, "refresh", cancel, null, ("transcriptPosition", position.ToString(CultureInfo.InvariantCulture)));
            if (reply.Fate != Fate.Acknowledged) return null;
            lines.AddRange(reply.Body.GetProperty("messages").EnumerateArray().Select(LineOf));
            var next = reply.Body.GetProperty("nextPosition").GetInt32();
            if (next <= position) return lines;
            position = next;
        }
    }

    /// <summary>A line of the transcript; what the service itself says is no text.</summary>
    public static Line LineOf(JsonElement message)
    {
        var isText = $"{message.GetProperty("type")}" == "Message"
            && $"{message.GetProperty("from").GetProperty("type")}" is "Client" or "Agent";
        return new Line(message.GetProperty("index").GetInt32(), isText ? message.GetProperty("text").GetString() : null);
    }

    public static bool IsAgents(JsonElement message) => $"{message.GetProperty("from").GetProperty("type")}" == "Agent";
}
