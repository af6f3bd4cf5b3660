using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Customers;

/// <summary>What customers of door A are given who name no index: everything once, whatever happens to the server.</summary>
public sealed class GwsDeliveryTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.Start();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task What_was_given_before_a_restart_is_not_given_again_after_it()
    {
        using var ada = await GwsClient.Ask(server.Address);
        (await ada.Do("SendMessage", "one")).Succeeded();
        Assert.Equal(["ParticipantJoined", "Text"], await ada.Types());
        (await ada.Do("SendMessage", "two")).Succeeded();
        server = await server.Restart();

        using var back = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(["Text"], await Types(back, ada.Id));
        Assert.Empty(await Types(back, ada.Id));
        (await GwsClient.Post(back, $"{GwsClient.Root}/{ada.Id}", """{"operationName":"Complete"}""")).Succeeded();
        Assert.Equal(["ParticipantLeft", "TranscriptSaveDone"], await Types(back, ada.Id));
        server = await server.Restart();

        using var again = new HttpClient { BaseAddress = server.Address };
        Assert.Empty(await Types(again, ada.Id));
    }

    [Fact]
    public async Task Of_many_polls_at_once_each_message_goes_to_one()
    {
        using var ada = await GwsClient.Ask(server.Address);
        var given = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            (await ada.Do("SendMessage", $"{round}")).Succeeded();
            var polls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ada.Types()));
            given.AddRange(polls.SelectMany(p => p));
        }
        Assert.Equal(["ParticipantJoined", .. Enumerable.Repeat("Text", 10)], given);
    }

    private static async Task<string[]> Types(HttpClient http, string id)
    {
        using var response = await http.GetAsync($"{GwsClient.Root}/{id}/messages");
        var answer = (await Answer.Read(response)).Succeeded();
        return [.. answer.Body["messages"]!.AsArray().Select(m => m!["type"]!.GetValue<string>())];
    }
}
