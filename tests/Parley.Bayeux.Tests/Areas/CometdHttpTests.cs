using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What CometD's tests of its server over HTTP check and the tests by subject do not.</summary>
public sealed class CometdHttpTests
{
    private const string Suite = "CometD HTTP";
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Theory]
    [Area(Suite, "Bad JSON, validation")]
    [InlineData(
        """{"channel":"/meta/connect","id":"<script>alert();</script>","clientId":"CLIENT"}""", "405::message_id_invalid")]
    [InlineData("""{"channel":"/foo<>","clientId":"CLIENT","data":"{}"}""", "405::channel_invalid")]
    [InlineData(
        """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/bar<script>"}""", "403::subscription_invalid")]
    [InlineData(
        """{"channel":"/meta/unsubscribe","clientId":"CLIENT","subscription":"/bar<script>"}""", "403::subscription_invalid")]
    public async Task Markup_is_refused_and_nothing_of_an_illegal_id_comes_back(string message, string error)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(await client.Send($"[{message.Replace("CLIENT", client.ClientId)}]"))!;

        Assert.False((bool?)reply["successful"]);
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Null(reply["id"]);
    }

    [Fact]
    [Area(Suite, "Bad JSON, validation")]
    public async Task A_truncated_connect_is_400_and_the_session_goes_on()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        using var truncated = await client.Post($"[{client.Message("/meta/connect")[..^1]}");

        Assert.Equal(400, (int)truncated.StatusCode);
        Assert.True((bool?)(await client.Connect(NoWait))[0]!["successful"]);
    }

    // the reference can be told to trust the clientId alone (trustClientSession): not offered here
    [Fact]
    [Area(Suite, "Browser mapping")]
    public async Task The_cookie_holds_the_connect_that_without_it_is_of_an_unknown_session()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open();
        var poll = client.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);

        using var cookieless = host.NewHttp();
        var reply = Assert.Single(await new Polling(cookieless).Send($"[{client.Message("/meta/connect")}]"))!;
        Assert.Equal("402::session_unknown", (string?)reply["error"]);
        Assert.False(poll.IsCompleted);
        await client.Disconnect();
        await poll;
    }

    [Fact]
    [Area(Suite, "Browser mapping")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task The_attributes_of_the_cookie_are_options()
    {
        await using var host = await TestHost.Start(configure: o =>
        {
            (o.BrowserCookie.Name, o.BrowserCookie.Domain) = ("cookie_name", "cometd.org");
            (o.BrowserCookie.Path, o.BrowserCookie.MaxAge) = ("/cometd", TimeSpan.FromHours(1));
            o.BrowserCookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.None;
            o.BrowserCookie.SecurePolicy = Microsoft.AspNetCore.Http.CookieSecurePolicy.Always;
            o.BrowserCookie.Extensions.Add("Partitioned");
        });
        using var response = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake"}]""");

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie")).Split("; ");
        Assert.StartsWith("cookie_name=", cookie[0], StringComparison.Ordinal);
        Assert.Equal(
            ["Partitioned", "domain=cometd.org", "httponly", "max-age=3600", "path=/cometd", "samesite=none", "secure"],
            cookie.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Area(Suite, "Connect with other messages")]
    public async Task A_first_connect_may_bring_a_subscription()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = new Polling(host.Http);
        await client.Handshake();
        var replies = await client.Send(
            $"[{client.Message("/meta/connect")},{client.Message("/meta/subscribe", ",\"subscription\":\"/test/multi\"")}]");

        Assert.Equal(["/meta/connect", "/meta/subscribe"], replies.Select(r => (string?)r!["channel"]));
        host.Publish("/test/multi", 1);
        Assert.Equal(2, (await client.Connect()).Count);
    }

    [Fact]
    [Area(Suite, "Subscriptions with several channels")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task Several_channels_are_unsubscribed_with_one_message()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/foo", "/bar", "/baz");
        var reply = Assert.Single(
            await client.Send($"[{client.Message("/meta/unsubscribe", ",\"subscription\":[\"/foo\",\"/bar\"]")}]"))!;

        Assert.True((bool?)reply["successful"]);
        Assert.Equal("""["/foo","/bar"]""", reply["subscription"]!.ToJsonString());
        foreach (var channel in new[] { "/foo", "/bar", "/baz" }) host.Publish(channel, channel);
        Assert.Equal("/baz", (string?)Assert.Single((await client.Connect(NoWait)).SkipLast(1))!["data"]);
    }

    // the reference decodes any charset: ours refuses all but UTF-8, as ErrorTableTests says
    [Fact]
    [Area(Suite, "Charset")]
    public async Task A_publish_without_a_content_type_is_UTF_8()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/test_charset");
        var publish = new ByteArrayContent([.. "[{"u8, .. "\"channel\":\"/test_charset\",\"data\":\""u8, 0xC3, 0xA9,
            .. System.Text.Encoding.ASCII.GetBytes($"\",\"clientId\":\"{client.ClientId}\"}}]")]);
        Assert.Null(publish.Headers.ContentType);

        using var response = await host.Http.PostAsync(host.Address, publish);
        Assert.StartsWith("""[{"channel":"/test_charset","data":"é"},""", await response.Content.ReadAsStringAsync());
    }

    // the reference answers the whole request with 500
    [Theory]
    [Area(Suite, "Concurrent handshake failure")]
    [InlineData("""{"channel":"/meta/subscribe","subscription":"/foo"}""")]
    [InlineData("""{"channel":"/foo","data":"{}"}""")]
    public async Task What_follows_a_refused_handshake_is_refused_whether_in_its_request_or_after_it(string message)
    {
        await using var host = await TestHost.Start();
        host.Policy.DeniesHandshakes = true;
        using var together = await new Polling(host.Http).Post($$"""[{"channel":"/meta/handshake"},{{message}}]""");
        Assert.Equal(400, (int)together.StatusCode);

        var client = new Polling(host.Http);
        Assert.False((bool?)(await client.Handshake())["successful"]);
        Assert.Equal("402::session_unknown", (string?)(await client.Send($"[{message}]"))[0]!["error"]);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    [Area(Suite, "Disconnect, concurrent disconnect")]
    public async Task What_follows_a_disconnect_in_its_request_is_refused_and_has_no_effect()
    {
        await using var host = await TestHost.Start();
        var listener = await new Polling(host.NewHttp()).Open("/foo");
        var client = await new Polling(host.Http).Open();
        var replies = await client.Send(
            $"[{client.Message("/foo", ",\"data\":1")},{client.Message("/meta/disconnect")},"
            + $"{client.Message("/foo", ",\"data\":2")},{client.Message("/meta/subscribe", ",\"subscription\":\"/foo\"")}]");

        Assert.Equal([null, null, "402::session_unknown", "402::session_unknown"], replies.Select(r => (string?)r!["error"]));
        Assert.Equal([1], (await listener.Connect(NoWait)).SkipLast(1).Select(m => (int)m!["data"]!));
    }

    [Fact]
    [Area(Suite, "Disconnect, concurrent disconnect")]
    public async Task A_connect_that_races_with_a_disconnect_is_answered_and_leaves_no_session()
    {
        await using var host = await TestHost.Start(new ManualTime());
        for (var round = 0; round < 50; round++)
        {
            var client = await new Polling(host.Http).Open();
            var connect = client.Connect();
            var disconnect = await client.Disconnect();
            Assert.True((bool?)disconnect[0]!["successful"]);

            // held and released, or too late
            var advice = Assert.Single(await connect)!["advice"]!;
            Assert.Contains((string?)advice["reconnect"], new[] { "none", "handshake" });
            Assert.Equal(0, host.Server.SessionCount);
        }
    }

    [Fact]
    [Area(Suite, "Slow connection")]
    public async Task A_reader_that_goes_in_the_middle_of_an_answer_leaves_a_session_that_expires()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.MaxQueueBytes = 100_000_000);
        var client = await new Polling(host.Http, "ada").Open("/foo");
        var session = host.Server.SessionsOf("ada").Single();
        for (var i = 0; i < 20; i++) host.Publish("/foo", new string('x', 1_000_000));
        using (var wire = await RawWire.Open(host))
        {
            await wire.Post($"[{client.Message("/meta/connect")}]", "X-User: ada\r\n");
            Assert.StartsWith("HTTP/1.1 200", await wire.ReadHead(), StringComparison.Ordinal);
        }

        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
    }
}
