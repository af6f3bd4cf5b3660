using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Client;

namespace Parley.Simulator.Customers;

/// <summary>GWS Customer Chat, <c>/api/v2/chats</c>.</summary>
internal sealed class GwsDoor(Shift shift, HttpWire wire, Hearing hearing) : PollingDoor(shift, wire, hearing)
{
    private const string Root = "/api/v2/chats";

    private string id = "";

    public override async Task<Reply> BeginAsync(string nickname)
    {
        var request = new JsonObject { ["operationName"] = "RequestChat", ["nickname"] = nickname };
        var reply = await Wire.PostJsonAsync(Root, request, null, CancellationToken.None);
        if (reply.Fate == Fate.Acknowledged) id = reply.Body.GetProperty("id").GetString()!;
        return reply;
    }

    public override Task<Reply> SendAsync(string text, string key) =>
        DoAsync("SendMessage", new() { ["text"] = text }, key);

    public override Task<Reply> StartTypingAsync() => DoAsync("SendStartTypingNotification");

    public override Task<Reply> StopTypingAsync() => DoAsync("SendStopTypingNotification");

    protected override Task<Reply> SayGoodbyeAsync() => DoAsync("Complete");

    protected override async Task<Reply> PollAsync()
    {
        var next = (Hearing.LastIndex + 1).ToString(CultureInfo.InvariantCulture);
        var reply = await Wire.GetAsync($"{Root}/{id}/messages?index={next}", CancellationToken.None);
        if (reply.Fate == Fate.Acknowledged)
            foreach (var message in reply.Body.GetProperty("messages").EnumerateArray()) Tell(message);
        return reply;
    }

    private void Tell(JsonElement message)
    {
        var speaker = message.GetProperty("from").GetProperty("type").GetString() switch
        {
            "Customer" => Speaker.Customer,
            "Agent" => Speaker.Agent,
            _ => Speaker.Server,
        };
        var type = message.GetProperty("type").GetString();
        var text = type == "Text" ? message.GetProperty("text").GetString() : null;
        Hearing.Told(new Line(message.GetProperty("index").GetInt32(), speaker, text));
        if (type == "ParticipantLeft" && speaker == Speaker.Customer) Hearing.Over();
    }

    private Task<Reply> DoAsync(string operation, JsonObject? parameters = null, string? key = null)
    {
        var body = parameters ?? [];
        body["operationName"] = operation;
        return Wire.PostJsonAsync($"{Root}/{id}", body, key, CancellationToken.None);
    }
}
