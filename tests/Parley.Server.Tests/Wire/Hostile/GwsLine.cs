using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>A chat through door A.</summary>
internal sealed class GwsLine(HostileDesk desk, string id, string agentChat) : HostileLine(desk, agentChat)
{
    public string Path { get; } = $"{GwsClient.Root}/{id}";

    public static async Task<GwsLine> Open(HostileDesk desk)
    {
        var created = await GwsClient.Post(
            desk.Http, GwsClient.Root, """{"operationName":"RequestChat","nickname":"Ada","endpoint":"Support"}""");
        return new GwsLine(desk, $"{created.Succeeded().Body["id"]}", await desk.Accept());
    }

    public override Task<Reply> Ask(string operation, string body, Spelling spelling) => Post(body, "application/json");

    public async Task<Reply> Post(string body, string? mediaType)
    {
        using var content = Content(body, mediaType);
        return await Reply.OfGws(await Http.PostAsync(Path, content));
    }

    public override string Head(string operation, Spelling spelling) => $"\"operationName\":\"{operation}\",";

    public override Task<Reply> Say(string text) =>
        Post($$"""{"operationName":"SendMessage","text":"{{text}}"}""", "application/json");

    public override Task<Reply> Hang() => Post("""{"operationName":"Complete"}""", "application/json");

    protected override async Task<JsonArray> Read(int from)
    {
        var answer = await Reply.OfGws(await Http.GetAsync($"{Path}/messages?index={from}"));
        Assert.True(answer.IsDone, answer.Text);
        return JsonNode.Parse(answer.Text)!["messages"]!.AsArray();
    }
}
