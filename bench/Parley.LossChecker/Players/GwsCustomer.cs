using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>A customer at GWS Customer Chat, <c>/api/v2/chats</c>: polls with the index to begin with.</summary>
internal sealed class GwsCustomer(Play play, int number) : Customer(play, number, "a")
{
    private const string Door = "/api/v2/chats";

    private string id = "";

    protected override async Task<bool> BeginAsync()
    {
        var request = new JsonObject { ["operationName"] = "RequestChat", ["nickname"] = Talk };
        var reply = await Wire.PostJsonAsync(Door, request, null, Play.Cancel);
        if (reply.Fate != Fate.Acknowledged) return false;
        id = reply.Body.GetProperty("id").GetString()!;
        return true;
    }

    protected override Task<Reply> SendAsync(string text, string key) =>
        Wire.PostJsonAsync($"{Door}/{id}", new() { ["operationName"] = "SendMessage", ["text"] = text }, key, Play.Cancel);

    protected override async Task<Fate> LeaveAsync() =>
        (await Wire.PostJsonAsync($"{Door}/{id}", new() { ["operationName"] = "Complete" }, null, Play.Cancel)).Fate;

    protected override async Task<bool> PollAsync()
    {
        var next = (LastIndex + 1).ToString(CultureInfo.InvariantCulture);
        var reply = await Wire.GetAsync($"{Door}/{id}/messages?index={next}", Play.Cancel);
        if (reply.Fate != Fate.Acknowledged) return false;
        foreach (var message in reply.Body.GetProperty("messages").EnumerateArray())
        {
            if (LineOf(message) is not { } line) continue;
            Told(line, TypeOfSender(message) == "Agent");
            IsOver |= $"{message.GetProperty("type")}" == "ParticipantLeft" && TypeOfSender(message) == "Customer";
        }
        return true;
    }

    protected override async Task<IReadOnlyList<Line>?> ReadAsync()
    {
        var reply = await Wire.GetAsync($"{Door}/{id}/messages?index=0", Play.Cancel);
        return reply.Fate == Fate.Acknowledged
            ? [.. reply.Body.GetProperty("messages").EnumerateArray().Select(LineOf).OfType<Line>()]
            : null;
    }

    private static string? TypeOfSender(JsonElement message) =>
        message.GetProperty("from").GetProperty("type").GetString();

    /// <summary>A line of the transcript; what the service itself says is no text.</summary>
    private static Line? LineOf(JsonElement message)
    {
        var index = message.GetProperty("index").GetInt32();
        if (index < 1) return null;
        var isText = TypeOfSender(message) is "Customer" or "Agent";
        return new Line(index, isText && message.TryGetProperty("text", out var text) ? text.GetString() : null);
    }
}
