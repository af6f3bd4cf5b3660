using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Replays;

/// <summary>Software that gives its requests keys may repeat them: what was done once is not done again, at no door.</summary>
public sealed class KeyedTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.Start();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_message_that_is_sent_again_at_door_A_is_there_once()
    {
        using var ada = await GwsClient.Ask(server.Address);
        ada.Http.DefaultRequestHeaders.Add("Idempotency-Key", "first");
        for (var i = 0; i < 3; i++) (await ada.Do("SendMessage", "Hello")).Succeeded();
        (await ada.Do("SendMessage", "Another")).Refused(400, 2);

        Assert.Equal(["ParticipantJoined", "Text"], await ada.Types("?index=0"));
    }

    [Fact]
    public async Task A_message_that_is_sent_again_at_door_B_or_C_is_there_once_also_after_a_restart()
    {
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        var hello = ""","message":"Hello","messageType":"text","idempotencyKey":"first" """;
        await ada.Publish("sendMessage", hello);
        await ada.Publish("sendMessage", hello);
        Assert.Equal(1, await OverRest(ada));
        await ada.Listener.Vanish();
        server = await server.Restart();
        await using var back = await ada.OpenAnother(server.Address);
        await back.Publish("sendMessage", hello);
        Assert.Equal(1, await OverRest(ada));

        await back.Publish("sendMessage", ""","message":"Another","idempotencyKey":"first" """);
        Assert.Equal((2, false, 9002), await back.NextError());
        await back.Publish("sendMessage", $$""","message":"Another","idempotencyKey":"{{new string('x', 129)}}" """);
        Assert.Equal((2, false, 9002), await back.NextError());
    }

    /// <summary>Sends the same once more over REST; answers how many messages there are.</summary>
    private async Task<int> OverRest(PushedCustomer ada)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Idempotency-Key", "first");
        var answer = await DoorAnswer.Post(
            http, $"{CustomerClient.Service}/{ada.ChatId}/send",
            [
                new("secureKey", ada.SecureKey), new("message", "Hello"), new("messageType", "text"),
                new("transcriptPosition", "1"),
            ]);
        return answer.Succeeded().Body["messages"]!.AsArray().Count(m => $"{m!["type"]}" == "Message");
    }
}
