using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class LongPollingTests
{
    [Fact]
    public async Task A_client_handshakes_subscribes_connects_and_receives()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/news/*");

        var poll = client.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        host.Publish("/news/sport", new { text = "goal" });

        var answer = await poll;
        Assert.Equal("/news/sport", (string?)answer[0]!["channel"]);
        Assert.Equal("goal", (string?)answer[0]!["data"]!["text"]);
        Assert.Equal("/meta/connect", (string?)answer[1]!["channel"]);
    }
}
