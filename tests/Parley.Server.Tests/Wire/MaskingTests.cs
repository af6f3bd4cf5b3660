using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Wire;

/// <summary>A card's number, wherever it is written, is on no screen and in no file.</summary>
public sealed class MaskingTests : IAsyncLifetime
{
    private const string Card = "4111 1111 1111 1111";
    private const string Masked = "**** **** **** ****";

    private StartedServer server = null!;
    private AgentClient ana = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartedServer.Start(
            $$"""
            {
              "name": "Test",
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ],
              "queues": [ { "name": "Support", "agents": [ "ana" ] } ],
              "services": [
                { "name": "customer-support", "queue": "Support", "typingPreview": true,
                  "masking": { "cards": true, "patterns": [ "[0-9]{3}-[0-9]{2}-[0-9]{4}" ] } }
              ]
            }
            """,
            null);
        ana = new AgentClient(server.Address, "ana", TestCenter.Password);
        await ana.SignIn();
        await ana.GoReady();
    }

    public async ValueTask DisposeAsync()
    {
        await ana.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_either_side_writes_is_masked_for_both_and_in_the_log()
    {
        using var ada = await CustomerClient.Ask(server.Address,
        [
            new("nickname", $"Ada {Card}"), new("subject", Card), new("text", $"first {Card}"),
            new("userData[card]", Card), new("userData[number]", "123-45-6789"),
        ]);
        var chat = await ana.AcceptNext();
        await ada.Say($"said {Card}");
        await ada.Post("send", ("message", "x"), ("eventAttributes", $$"""{"card":"{{Card}}"}"""));
        await ada.Post("startTyping", ("message", $"typed {Card}"));
        await ada.Post("refresh", ("transcriptPosition", "1"), ("message", "glimpsed 4111 1111 11"));
        await ada.Post("customNotice", ("message", $"notice {Card}"));
        await ada.Post("pushUrl", ("pushUrl", "https://shop.example.test/?card=4111111111111111"));
        await ada.Post("updateData", ("userData[later]", Card));
        await ada.Post("updateNickname", ("nickname", $"Adele {Card}"));
        await ana.Do(chat, "SendMessage", new JsonObject { ["text"] = $"told {Card}" });
        await ana.Do(chat, "SendCustomNotice", new JsonObject { ["text"] = $"signal {Card}" });
        await ana.Do(chat, "AttachUserData", new JsonObject { ["userData"] = new JsonObject { ["noted"] = Card } });

        var customer = (await ada.ReadAll()).ToJsonString();
        var agent = (await ana.Get($"/api/v2/me/chats/{chat}?fields=*")).Succeeded().Body.ToJsonString()
            + (await ana.ReadMessages(chat)).ToJsonString();
        foreach (var word in new[] { "first", "said", "told", "notice" })
        {
            Assert.Contains($"{word} {Masked}", customer, StringComparison.Ordinal);
            Assert.Contains($"{word} {Masked}", agent, StringComparison.Ordinal);
        }
        Assert.Contains($"typed {Masked}", agent, StringComparison.Ordinal);
        Assert.Contains("glimpsed 4111 11** **", agent, StringComparison.Ordinal);
        Assert.Contains($"first {Masked}", Stored(), StringComparison.Ordinal);
        foreach (var seen in new[] { customer, agent, await Pushed(), Stored() })
        {
            Assert.DoesNotContain("1111 1111", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("11111111", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("123-45-6789", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_glimpsed_already_is_not_told_again()
    {
        using var ada = await CustomerClient.Ask(server.Address, "Ada");
        var chat = await ana.AcceptNext();
        for (var i = 0; i < 3; i++) await ada.Post("refresh", ("transcriptPosition", "1"), ("message", $"my card is {Card}"));

        Assert.Single(await ana.ReadMessages(chat), m => $"{m!["type"]}" == "TypingStarted");
    }

    private async Task<string> Pushed()
    {
        await ana.HearsOut();
        return string.Concat(ana.Inbox.All.Select(data => data.ToJsonString()));
    }

    /// <summary>Every byte of the log.</summary>
    private string Stored() => string.Concat(
        Directory.EnumerateFiles(server.The<DataOptions>().Directory, "*.db*").Select(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            return reader.ReadToEnd();
        }));
}
