using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>A chat through door B.</summary>
internal class GmsLine(HostileDesk desk, JsonObject created) : HostileLine(desk, $"{created["chatId"]}")
{
    public string Root { get; } = $"{CustomerClient.Service}/{created["chatId"]}";

    public string Key { get; } = $"{created["secureKey"]}";

    public static async Task<JsonObject> Begin(HostileDesk desk)
    {
        var created = await DoorAnswer.Post(desk.Http, CustomerClient.Service, [KeyValuePair.Create("nickname", "Ada")]);
        Assert.Equal($"{created.Succeeded().Body["chatId"]}", await desk.Accept());
        return created.Body;
    }

    public static async Task<GmsLine> Open(HostileDesk desk) => new(desk, await Begin(desk));

    public override Task<Reply> Ask(string operation, string body, Spelling spelling) =>
        Post(operation, body, spelling == Spelling.Form ? "application/x-www-form-urlencoded" : "application/json");

    public async Task<Reply> Post(string operation, string body, string? mediaType)
    {
        using var content = Content(body, mediaType);
        return await Reply.OfGms(await Http.PostAsync($"{Root}/{operation}", content));
    }

    public override string Head(string operation, Spelling spelling) =>
        spelling == Spelling.Form ? $"secureKey={Key}&" : $"\"secureKey\":\"{Key}\",";

    public override Task<Reply> Say(string text) =>
        Post("send", $"secureKey={Key}&message={text}", "application/x-www-form-urlencoded");

    public override Task<Reply> Hang() => Post("disconnect", $"secureKey={Key}", "application/x-www-form-urlencoded");

    protected override async Task<JsonArray> Read(int from)
    {
        var answer = await Post("refresh", $"secureKey={Key}&transcriptPosition={from}", "application/x-www-form-urlencoded");
        Assert.True(answer.IsDone, answer.Text);
        return JsonNode.Parse(answer.Text)!["messages"]!.AsArray();
    }
}
