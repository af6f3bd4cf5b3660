using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Sessions in which nothing happens but connects are disconnected, for good.</summary>
public sealed class ActivityTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_only_connects_is_disconnected_and_told_not_to_come_back(bool overWebSocket)
    {
        await using var host = await Start(SignsOfLife.Client);
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");
        var session = host.Session;
        for (var waited = 0; waited < 60; waited += 20)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            Assert.True((bool?)(await client.Ask("/meta/connect", ",\"advice\":{\"timeout\":0}"))[0]!["successful"]);
        }
        session.Deliver(TestHost.Event("/news", 1)); // what the server says does not count
        if (overWebSocket) await client.Receive();
        time.Advance(TimeSpan.FromSeconds(1));

        var last = await client.Until("/meta/connect");
        Assert.Contains(last, m => (string?)m["channel"] == "/meta/disconnect");
        Assert.Equal("none", (string?)last[^1]["advice"]!["reconnect"]);
        Assert.Equal(EndReason.Disconnected, ended?.Reason);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Theory]
    [InlineData(SignsOfLife.Client, true, true)]
    [InlineData(SignsOfLife.Client, false, false)]
    [InlineData(SignsOfLife.ClientAndServer, true, true)]
    [InlineData(SignsOfLife.ClientAndServer, false, true)]
    public async Task Signs_of_life_keep_it(SignsOfLife signs, bool byClient, bool keeps)
    {
        await using var host = await Start(signs);
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Session;
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(25));
            if (byClient) await client.Publish("/elsewhere", "1");
            else host.Publish("/a", 1);
            await client.Connect(",\"advice\":{\"timeout\":0}");
        }
        Assert.Equal(keeps, session.IsLive);
    }

    private Task<TestHost> Start(SignsOfLife signs) =>
        TestHost.Start(time, o => o.Extensions.Add(new ActivityExtension(signs, TimeSpan.FromMinutes(1))));
}
