using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Nodes;

/// <summary>What is given up of the replay's window while somebody is about to be told it.</summary>
public sealed class ReplayGapTests
{
    private const string Chats = AgentClient.Chats;

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    public async Task Who_would_miss_something_by_it_is_advised_to_handshake_and_not_left_without(int said, bool isGap)
    {
        var log = new FragileLog();
        await using var server = await StartedServer.Start(
            null, b => b.Services.AddSingleton<IEventLog>(log),
            [.. TestSettings.WithoutRateLimits.Select(s => s[2..]), "Parley:Notifications:ReplayEvents=4"]);
        await using var agent = new AgentClient(server.Address, "agent1", "secret1");
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await CustomerClient.Ask(server.Address, "Ada");
        await agent.AcceptNext();
        await using var listener = await Resumable.Open(server.Address, Chats, from: -1);
        await customer.Say("heard");
        var last = await listener.IdOf("heard");

        // while it is looked up whether nothing happened on one topic, what is kept for the other goes on
        var looked = new TaskCompletionSource();
        log.HoldVersions = looked.Task;
        var before = log.VersionsAsked;
        var subscribing = listener.SubscribeWith("/v2/**", new JsonObject { [Chats] = last, [AgentClient.Channels] = 1 });
        await Eventually.True(() => Task.FromResult(log.VersionsAsked > before));
        for (var i = 0; i < said; i++) await customer.Say($"meanwhile {i}");
        while (!$"{await agent.Inbox.Next(Chats, "the last")}".Contains($"meanwhile {said - 1}", StringComparison.Ordinal))
        {
        }
        looked.SetResult();

        Assert.False((await subscribing)["successful"]!.GetValue<bool>()); // so much has happened
        if (isGap)
        {
            Assert.Equal("handshake", (await listener.Connect())["advice"]!["reconnect"]!.GetValue<string>());
            return;
        }
        await listener.IdOf($"meanwhile {said - 1}");
        Assert.Equal(["heard", .. Enumerable.Range(0, said).Select(i => $"meanwhile {i}")], listener.Texts);
    }
}
