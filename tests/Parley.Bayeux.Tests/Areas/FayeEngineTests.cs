using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What Faye demands of every engine: who is a client, and which messages reach whom how often.</summary>
[Area("Faye", "engine")]
public sealed class FayeEngineTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    public async Task Every_client_gets_an_id_of_its_own()
    {
        await using var host = await TestHost.Start();
        var client = new Polling(host.Http);
        var ids = new HashSet<string?>();
        for (var i = 0; i < 100; i++) ids.Add((string?)(await client.Handshake())["clientId"]);

        Assert.Equal(100, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[a-z0-9]+$", id));
    }

    [Fact]
    public async Task A_client_lives_as_long_as_it_is_heard_of()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        for (var pings = 0; pings < 5; pings++)
        {
            await Eventually.True(() => session.IsExpiring);
            time.Advance(TimeSpan.FromSeconds(29));
            Assert.True(session.IsLive);
            await client.Connect(NoWait);
        }
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
    }

    [Theory]
    [InlineData("/messages/foo", "/messages/foo", true)]
    [InlineData("/messages/foo", "/messages/bar", false)]
    [InlineData("/messages/*", "/messages/foo", true)]
    [InlineData("/messages/*", "/messages/foo/bar", false)]
    [InlineData("/messages/*", "/messages", false)]
    [InlineData("/messages/**", "/messages/foo", true)]
    [InlineData("/messages/**", "/messages/foo/bar", true)]
    [InlineData("/messages/**", "/other/foo", false)]
    public async Task A_message_reaches_those_whose_subscription_matches(string subscription, string channel, bool matches)
    {
        await using var host = await TestHost.Start();
        var alice = await new Polling(host.NewHttp()).Open(subscription);
        using var bob = await RawSocket.Open(host, subscription);
        var publisher = await new Polling(host.Http).Open();
        await publisher.Publish(channel, """{"hello":"world"}""");

        Assert.Equal(matches ? 2 : 1, (await alice.Connect(NoWait)).Count);
        var first = await bob.Ask("/meta/connect", NoWait);
        Assert.Equal(matches, first[0]!["data"] is not null);
    }

    [Fact]
    public async Task Each_client_gets_each_message_once_however_often_it_is_subscribed_and_as_often_as_it_is_published()
    {
        await using var host = await TestHost.Start();
        var clients = new List<Polling>();
        foreach (var _ in new int[3]) clients.Add(await new Polling(host.NewHttp()).Open("/messages/foo", "/messages/*", "/**"));
        for (var times = 0; times < 2; times++) host.Publish("/messages/foo", "hi");

        foreach (var client in clients) Assert.Equal(["hi", "hi"], await Received(client));
    }

    [Fact]
    public async Task Nobody_who_is_not_or_no_longer_subscribed_gets_anything()
    {
        await using var host = await TestHost.Start();
        var never = await new Polling(host.NewHttp()).Open();
        var left = await new Polling(host.NewHttp()).Open("/messages/foo");
        await left.Send($"[{left.Message("/meta/unsubscribe", ",\"subscription\":\"/messages/foo\"")}]");
        host.Publish("/messages/foo", "hi");

        Assert.Empty(await Received(never));
        Assert.Empty(await Received(left));
    }

    [Theory]
    [InlineData("Apple = ")]
    [InlineData("日本語 Ελλάδα عربى 😀 e\u0301")]
    public async Task Text_of_any_script_arrives_as_it_was(string text)
    {
        await using var host = await TestHost.Start();
        var alice = await new Polling(host.NewHttp()).Open("/messages/foo");
        using var bob = await RawSocket.Open(host, "/messages/foo");
        var publisher = await new Polling(host.Http).Open();
        await publisher.Publish("/messages/foo", $"\"{text}\"");

        Assert.Equal([text], await Received(alice));
        Assert.Equal(text, (string?)(await bob.Receive())[0]!["data"]);
    }

    private static async Task<IEnumerable<string?>> Received(Polling client) =>
        (await client.Connect(NoWait)).SkipLast(1).Select(m => (string?)m!["data"]);
}
