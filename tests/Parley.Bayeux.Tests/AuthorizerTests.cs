using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>Authorizers: beside the policy, one must grant and none deny.</summary>
[Area("CometD HTTP", "Authorizers")]
public sealed class AuthorizerTests
{
    private const string NotGranted = "denied_by_not_granting";

    [Theory]
    [InlineData("", null)]
    [InlineData("grant", null)]
    [InlineData("ignore", NotGranted)]
    [InlineData("deny", "because")]
    [InlineData("ignore,grant", null)]
    [InlineData("grant,ignore", null)]
    [InlineData("grant,deny", "because")]
    [InlineData("deny,grant", "because")]
    [InlineData("ignore,ignore", NotGranted)]
    public async Task One_must_grant_and_none_deny(string verdicts, string? reason)
    {
        foreach (var operation in Enum.GetValues<ChannelOperation>())
        {
            await using var host = await TestHost.Start();
            foreach (var verdict in verdicts.Split(',', StringSplitOptions.RemoveEmptyEntries))
                host.Server.Channels.Authorize(ChannelName.Parse("/x/*"), new Authorizer(operation, verdict));
            var client = await new Polling(host.Http).Open();
            var refusesSubscribe = reason is not null && operation is not ChannelOperation.Publish;
            Assert.Equal(
                refusesSubscribe ? $"403:{reason}:{Error(operation, "/meta/subscribe")}" : null,
                (string?)(await client.Subscribe("/x/a"))[0]!["error"]);
            var refusesPublish = reason is not null && operation is not ChannelOperation.Subscribe;
            Assert.Equal(
                refusesPublish ? $"403:{reason}:{Error(operation, "/x/b")}" : null,
                (string?)(await client.Publish("/x/b", "1"))[^1]!["error"]);
        }
    }

    [Theory]
    [InlineData("/**", "/a/b", true)]
    [InlineData("/a/**", "/a/b", true)]
    [InlineData("/a/*", "/a/b", true)]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a/*", "/a/b/c", false)]
    [InlineData("/a/b", "/a/*", false)] // a subscription to a pattern is decided by the pattern and wider ones
    [InlineData("/a/*", "/a/*", true)]
    [InlineData("/a/**", "/a/*", true)]
    [InlineData("/**", "/**", true)]
    [InlineData("/**", "/service/x", false)]
    public async Task It_decides_on_all_that_its_name_covers(string declared, string subscribed, bool decides)
    {
        await using var host = await TestHost.Start();
        host.Server.Channels.Authorize(ChannelName.Parse(declared), new Authorizer(ChannelOperation.Subscribe, "deny"));
        var client = await new Polling(host.Http).Open();
        Assert.Equal(!decides, (bool?)(await client.Subscribe(subscribed))[0]!["successful"]);
    }

    [Fact]
    public async Task It_cannot_grant_what_the_policy_refuses_and_is_not_asked()
    {
        await using var host = await TestHost.Start();
        host.Policy.Denied.Add("/closed");
        var authorizer = new Authorizer(ChannelOperation.Subscribe, "grant");
        host.Server.Channels.Authorize(ChannelName.Parse("/closed"), authorizer);
        var client = await new Polling(host.Http).Open();
        Assert.False((bool?)(await client.Subscribe("/closed"))[0]!["successful"]);
        Assert.Empty(authorizer.Asked);
    }

    [Fact]
    public async Task On_service_channels_authorizers_decide_alone_and_listeners_do_not_hear_what_they_refuse()
    {
        await using var host = await TestHost.Start();
        var heard = 0;
        host.Policy.Denied.Add("/service/x");
        host.Server.Channels.Listen(ChannelName.Parse("/service/x"), _ => new(++heard > 0));
        var client = await new Polling(host.Http).Open();
        Assert.True((bool?)(await client.Publish("/service/x", "1"))[0]!["successful"]);

        host.Server.Channels.Authorize(ChannelName.Parse("/service/**"), new Authorizer(ChannelOperation.Publish, "deny"));
        var reply = (await client.Publish("/service/x", "2"))[0]!;
        Assert.Equal("403:because:publish_denied", (string?)reply["error"]);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task It_is_asked_once_with_operation_name_session_and_message_until_it_is_disposed()
    {
        await using var host = await TestHost.Start();
        var authorizer = new Authorizer(ChannelOperation.Subscribe, "deny");
        var declared = host.Server.Channels.Authorize(ChannelName.Parse("/a/**"), authorizer);
        var client = await new Polling(host.Http).Open();
        await client.Subscribe("/a/*");
        Assert.Equal(["Create /a/* anonymous /meta/subscribe", "Subscribe /a/* anonymous /meta/subscribe"], authorizer.Asked);

        declared.Dispose();
        declared.Dispose();
        Assert.True((bool?)(await client.Subscribe("/a/*"))[0]!["successful"]);
        Assert.Equal(2, authorizer.Asked.Count);
    }

    [Fact]
    public void Nothing_is_declared_for_meta_channels()
    {
        var channels = new BayeuxChannels();
        Assert.Throws<ArgumentException>(
            () => channels.Authorize(ChannelName.Parse("/meta/*"), new Authorizer(ChannelOperation.Publish, "grant")));
        Assert.Throws<ArgumentException>(() => channels.Listen(ChannelName.Parse("/meta/connect"), _ => new(true)));
    }

    private static string Error(ChannelOperation operation, string channel) => operation switch
    {
        ChannelOperation.Subscribe => "subscribe_denied",
        ChannelOperation.Publish => "publish_denied",
        _ => channel == "/meta/subscribe" ? "create_denied" : "channel_create_denied",
    };

    /// <summary>Says the same about one operation, and grants the others.</summary>
    private sealed class Authorizer(ChannelOperation about, string verdict) : IChannelAuthorizer
    {
        public List<string> Asked { get; } = [];

        public ValueTask<AuthorizerVerdict> Authorize(
            ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message)
        {
            Asked.Add($"{operation} {channelOrPattern} {session.Principal} {message.Channel}");
            return new(
                operation != about || verdict == "grant" ? AuthorizerVerdict.Grant
                : verdict == "ignore" ? AuthorizerVerdict.Ignore
                : AuthorizerVerdict.Deny("because"));
        }
    }
}
