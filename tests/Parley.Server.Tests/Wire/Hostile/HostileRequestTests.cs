using System.Text.Json.Nodes;
using Parley.Server.Customers;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>Hostile values in every parameter of a request for a chat: no chat, or they are but texts in it.</summary>
public sealed class HostileRequestTests(HostileDesk desk) : IClassFixture<HostileDesk>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";
    private const string Strangers = "/genesys/2/chat/strangers";

    private static readonly HostileParameter[] Common =
    [
        new("", "subject", 256, Verdict.Optional(256, Subject)),
        // beside a nickname it is no name to go by
        new("", "firstName", 64, text => Verdict.IsReserved(text) ? Verdict.Shown(text) : OptionalName(text), ("nickname", "A")),
        new("", "emailAddress", 254, text => Verdict.Name(text).Length == 0 ? Verdict.Taken : Verdict.Refused),
        new("", "text", 4_096, Verdict.Optional(4_096, Verdict.Shown)),
        new("", "userData[k]", 2_048, text => text.Length > 2_048 ? Verdict.Refused : Verdict.Shown(text)),
        new("", "secureKey", 32, _ => Verdict.Taken),
    ];

    private static readonly HostileParameter[] Gms =
    [
        .. Common, new("", "nickname", 64, OptionalName), new("", "lastName", 64, OptionalName),
        new("", "endpoint", 64, _ => Verdict.Taken),
    ];

    private static readonly HostileParameter[] Gws =
    [
        .. Common.Select(p => p with { Beside = [("nickname", "Ada")] }),
        new("", "nickname", 64, text => Verdict.Name(text).Length == 0 ? Verdict.Refused : OptionalName(text)),
        new("", "endpoint", 64, text => text.Length == 0 ? Verdict.Taken : Verdict.Refused, ("nickname", "Ada")),
        new("", "operationName", 64, _ => Verdict.Refused, ("nickname", "Ada")),
    ];

    [Theory]
    [InlineData(Spelling.Form)]
    [InlineData(Spelling.Json)]
    internal async Task Over_rest(Spelling spelling)
    {
        foreach (var parameter in Gms)
            await Try(parameter, spelling, value => Post(
                Strangers, parameter.Body("", value, spelling), spelling == Spelling.Form ? Form : Json, Reply.OfGms));
    }

    [Fact]
    public async Task Over_customer_chat()
    {
        foreach (var parameter in Gws)
            await Try(parameter, Spelling.Json, value => Post(
                GwsClient.Root, parameter.Body("\"operationName\":\"RequestChat\",", value, Spelling.Json), null, Reply.OfGws));
    }

    [Fact]
    public async Task Over_cometd()
    {
        await using var line = await CometdLine.Open(desk);
        foreach (var parameter in Gms)
            await Try(parameter, Spelling.Json, value => line.Ask(
                "requestChat", parameter.Body("\"operation\":\"requestChat\",", value, Spelling.Json), Spelling.Json));
    }

    private async Task Try(HostileParameter parameter, Spelling spelling, Func<HostileValue, Task<Reply>> ask)
    {
        foreach (var value in parameter.Values(spelling))
        {
            var what = $"{parameter.Name} ({spelling}) {value.Name}";
            var before = await desk.Stored();
            var verdict = parameter.For(value);
            var reply = await ask(value);
            Assert.True(verdict.IsTaken == reply.IsDone, $"{what}: {reply.Text}");
            Assert.True(reply.IsDone == (before != await desk.Stored()), $"{what}: something was stored, or nothing was");
            if (!reply.IsDone) continue;
            var shown = await Known(reply.Body!);
            Assert.True(verdict.Agent is null || View.Shows(shown, verdict.Agent), $"{what}: {shown.ToJsonString()}");
        }
    }

    /// <summary>What is known of the chat, which is ended then.</summary>
    private async Task<JsonArray> Known(JsonObject created)
    {
        var id = $"{created["id"] ?? created["chatId"]}";
        var chats = desk.Server.The<ChatHost>();
        var isGws = created["id"] is not null;
        var chat = (await chats.Find(isGws ? CustomerKeys.ChatIdOf(id) : new ChatId(id)))!;
        var read = isGws
            ? await Reply.OfGws(await desk.Http.GetAsync($"{GwsClient.Root}/{id}/messages?index=0"))
            : await Post($"{Strangers}/{id}/refresh", $"secureKey={created["secureKey"]}", Form, Reply.OfGms);
        var left = isGws
            ? await Post($"{GwsClient.Root}/{id}", """{"operationName":"Complete"}""", null, Reply.OfGws)
            : await Post($"{Strangers}/{id}/disconnect", $"secureKey={created["secureKey"]}", Form, Reply.OfGms);
        Assert.True(left.IsDone, left.Text);
        return [read.Body!.DeepClone(), .. chat.UserData.Values.Select(v => (JsonNode)v.Written)];
    }

    private async Task<Reply> Post(string path, string body, string? mediaType, Func<HttpResponseMessage, Task<Reply>> read)
    {
        using var content = HostileLine.Content(body, mediaType);
        return await read(await desk.Http.PostAsync(path, content));
    }

    private static Verdict Subject(string text) =>
        Verdict.Name(text) is { Length: > 0 } subject ? Verdict.Shown(subject) : Verdict.Taken;

    private static Verdict OptionalName(string text)
    {
        var name = Verdict.Name(text);
        if (name.Length == 0) return Verdict.Taken;
        return name.Length > 64 || Verdict.IsReserved(name) ? Verdict.Refused : Verdict.Shown(name);
    }
}
