using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>Who may create, subscribe and publish: what authorizers of channels say, and what refusals may carry.</summary>
public sealed class CometdAuthorizerTests
{
    private const string Suite = "CometD HTTP";

    [Theory]
    [Area(Suite, "Authorizers")]
    [InlineData("", null)]
    [InlineData("grant", null)]
    [InlineData("ignore grant", null)]
    [InlineData("ignore", "denied_by_not_granting")]
    [InlineData("ignore ignore", "denied_by_not_granting")]
    [InlineData("grant deny", "test")]
    [InlineData("deny grant", "test")]
    public async Task One_must_grant_and_none_deny_and_other_channels_are_not_their_business(string verdicts, string? reason)
    {
        await using var host = await TestHost.Start();
        var channel = ChannelName.Parse("/test/auth");
        foreach (var verdict in verdicts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            host.Server.Channels.Authorize(channel, new Authorizer(_ => Verdict(verdict)));
        var client = await new Polling(host.Http).Open();

        Assert.Equal(Error("publish_denied"), (string?)(await client.Publish("/test/auth", "1"))[^1]!["error"]);
        Assert.Equal(Error("subscribe_denied"), (string?)(await client.Subscribe("/test/auth"))[0]!["error"]);
        Assert.True((bool?)(await client.Publish("/test/other", "1"))[0]!["successful"]);

        string? Error(string what) => reason is null ? null : $"403:{reason}:{what}";
    }

    // the reference lets /** speak for service channels, too: ours do not, and are asked by patterns of their own
    [Fact]
    [Area(Suite, "Authorizers")]
    public async Task Those_of_all_patterns_over_a_channel_count()
    {
        await using var host = await TestHost.Start();
        var channels = host.Server.Channels;
        channels.Authorize(ChannelName.Parse("/**"), new Authorizer(operation =>
            operation is ChannelOperation.Publish ? AuthorizerVerdict.Ignore : AuthorizerVerdict.Grant));
        channels.Authorize(ChannelName.Parse("/open/*"), new Authorizer(_ => AuthorizerVerdict.Grant));
        channels.Authorize(ChannelName.Parse("/service/closed/*"), new Authorizer(_ => AuthorizerVerdict.Ignore));
        channels.Listen(ChannelName.Parse("/service/**"), _ => new(true));
        var client = await new Polling(host.Http).Open("/foo");

        Assert.Equal("403:denied_by_not_granting:publish_denied", await Publish("/foo"));
        Assert.Null(await Publish("/open/foo"));
        Assert.Null(await Publish("/service/foo"));
        Assert.Equal("403:denied_by_not_granting:channel_create_denied", await Publish("/service/closed/foo"));

        async Task<string?> Publish(string channel) => (string?)(await client.Publish(channel, "1"))[^1]!["error"];
    }

    [Fact]
    [Area(Suite, "Authorizers")]
    public async Task A_subscription_to_a_pattern_is_decided_by_those_of_that_pattern_and_of_wider_ones()
    {
        await using var host = await TestHost.Start();
        var denies = new Authorizer(_ => AuthorizerVerdict.Deny("test"));
        host.Server.Channels.Authorize(ChannelName.Parse("/narrow/channel"), denies);
        host.Server.Channels.Authorize(ChannelName.Parse("/wide/**"), denies);
        var client = await new Polling(host.Http).Open();

        Assert.True((bool?)(await client.Subscribe("/narrow/*"))[0]!["successful"]);
        Assert.Equal("403:test:create_denied", (string?)(await client.Subscribe("/wide/deep/*"))[0]!["error"]);
    }

    [Fact]
    [Area(Suite, "Authorizers")]
    public async Task One_that_is_removed_is_not_asked_any_more_be_it_while_it_is_asked()
    {
        await using var host = await TestHost.Start();
        var channel = ChannelName.Parse("/test/remove");
        host.Server.Channels.Authorize(ChannelName.Parse("/test/*"), new Authorizer(_ => AuthorizerVerdict.Ignore));
        IDisposable? once = null;
        once = host.Server.Channels.Authorize(channel, new Authorizer(_ =>
        {
            once!.Dispose();
            return AuthorizerVerdict.Grant;
        }));
        var client = await new Polling(host.Http).Open();

        Assert.True((bool?)(await client.Publish("/test/remove", "1"))[0]!["successful"]);
        Assert.False((bool?)(await client.Publish("/test/remove", "1"))[0]!["successful"]);
    }

    [Theory]
    [Area(Suite, "Custom deny responses")]
    [InlineData("""{"channel":"/meta/handshake"}""", "403::handshake_denied")]
    [InlineData("""{"channel":"/closed","clientId":"CLIENT","data":1}""", "403:custom:publish_denied")]
    [InlineData("""{"channel":"/new","clientId":"CLIENT","data":1}""", "403:custom:channel_create_denied")]
    [InlineData("""{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/closed"}""", "403:custom:subscribe_denied")]
    [InlineData("""{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/new"}""", "403:custom:create_denied")]
    public async Task A_refusal_carries_what_the_host_wants_the_client_to_know(string message, string error)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        host.Policy.Denied.Add("/closed");
        host.Policy.Uncreatable.Add("/new");
        host.Policy.DeniesHandshakes = true;
        host.Policy.HandshakeRefusal = HandshakeVerdict.Deny(Ext(), Advice());
        host.Policy.Refusal = Permission.Denied("custom", Ext(), Advice());

        var reply = Assert.Single(await client.Send($"[{message.Replace("CLIENT", client.ClientId)}]"))!;
        Assert.False((bool?)reply["successful"]);
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Equal("""{"test":"tomorrow"}""", reply["ext"]!.ToJsonString());
        Assert.Equal("""{"reconnect":"handshake","interval":86400000}""", reply["advice"]!.ToJsonString());
    }

    private static JsonObject Ext() => new() { ["test"] = "tomorrow" };

    private static JsonObject Advice() => new() { ["reconnect"] = "handshake", ["interval"] = 86400000 };

    private static AuthorizerVerdict Verdict(string name) => name switch
    {
        "grant" => AuthorizerVerdict.Grant,
        "ignore" => AuthorizerVerdict.Ignore,
        _ => AuthorizerVerdict.Deny("test"),
    };

    private sealed class Authorizer(Func<ChannelOperation, AuthorizerVerdict> decide) : IChannelAuthorizer
    {
        public ValueTask<AuthorizerVerdict> Authorize(
            ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message) =>
            new(decide(operation));
    }
}
