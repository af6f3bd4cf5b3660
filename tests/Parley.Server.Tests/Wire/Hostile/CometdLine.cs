using System.Globalization;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>A chat through door C: requests are published, and their answer is what is pushed before that of a refresh.</summary>
internal sealed class CometdLine(HostileDesk desk, JsonObject created) : GmsLine(desk, created)
{
    private const string Fence = "4711";

    private string session = "";
    private int lastId;

    public static new async Task<CometdLine> Open(HostileDesk desk)
    {
        var line = new CometdLine(desk, await Begin(desk));
        var handshake = await line.Send(
            "/meta/handshake", "\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"]");
        line.session = $"{handshake![0]!["clientId"]}";
        Assert.True((await line.Ask("requestNotifications", $$"""{{{line.Head("requestNotifications", Spelling.Json)}}"_":0}""",
            Spelling.Json)).IsDone);
        return line;
    }

    public override string Head(string operation, Spelling spelling) =>
        $"\"operation\":\"{operation}\",{base.Head(operation, spelling)}";

    public override async Task<Reply> Ask(string operation, string body, Spelling spelling)
    {
        var service = operation == "requestChat" ? "strangers" : "customer-support";
        if (await Publish(body, service) is not { } replies) return new Reply(false, "HTTP 4xx");
        if (replies[0]!["successful"]!.GetValue<bool>() is false) return new Reply(false, replies.ToJsonString());
        Assert.NotNull(await Publish($$"""{{{Head("refresh", Spelling.Json)}}"transcriptPosition":{{Fence}}}"""));
        var isDone = true;
        var said = new List<JsonObject>();
        while (true)
        {
            var pushes = await Send("/meta/connect", "\"connectionType\":\"long-polling\",\"advice\":{\"timeout\":0}");
            foreach (var push in pushes!.Select(p => p!["data"]).OfType<JsonObject>())
            {
                if ($"{push["nextPosition"]}" == Fence) return Said();
                if (operation == "requestChat" && EndsChat(push)) continue; // the one that was ended just before
                said.Add(push);
                if (push["errors"] is null) continue;
                isDone = false;
                Reply.CheckErrors(push);
            }
        }

        Reply Said() => new(isDone, string.Concat(said.Select(push => push.ToJsonString())), said.LastOrDefault());
    }

    /// <summary>Ends the session with an extension; the chat goes on over REST.</summary>
    public async Task<bool> Farewell(string ext) =>
        (await Send("/meta/disconnect", $"\"ext\":{ext}"))?[0]!["successful"]!.GetValue<bool>() is true;

    private static bool EndsChat(JsonObject push) => $"{push["chatEnded"]}" == "true" && push["errors"] is null;

    private Task<JsonArray?> Publish(string data, string service = "customer-support") =>
        Send($"/service/chatV2/{service}", $"\"data\":{data}");

    /// <summary>Sends a message; null for a payload that is refused as a whole.</summary>
    private async Task<JsonArray?> Send(string channel, string members)
    {
        var id = (++lastId).ToString(CultureInfo.InvariantCulture);
        using var content = Content(
            $$"""[{"channel":"{{channel}}","id":"{{id}}","clientId":"{{session}}",{{members}}}]""", "application/json");
        using var response = await Http.PostAsync("/genesys/cometd", content);
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) return JsonNode.Parse(text)!.AsArray();
        Assert.True((int)response.StatusCode is 400 or 413, $"{response.StatusCode} {text}");
        Assert.DoesNotContain("<html", text, StringComparison.OrdinalIgnoreCase);
        return null;
    }
}
