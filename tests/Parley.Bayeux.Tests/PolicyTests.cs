using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>A policy that takes its time, and what it may say when it refuses.</summary>
public sealed class PolicyTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_it_thinks_messages_behind_wait_and_other_clients_do_not(bool overWebSocket)
    {
        await using var host = await TestHost.Start();
        var answer = new TaskCompletionSource<Permission>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new List<string>();
        host.Policy.Decides = (operation, name) =>
        {
            lock (asked) asked.Add($"{operation} {name}");
            return (operation, name) == (ChannelOperation.Subscribe, "/slow") ? new(answer.Task) : null;
        };
        var client = await new Polling(host.NewHttp(), "slow").Open();
        using var socket = await RawSocket.Connect(host, "slow");
        socket.ClientId = client.ClientId;
        var payload = $"[{client.Message("/meta/subscribe", ",\"subscription\":[\"/slow\",\"/next\"]")},"
            + $"{client.Message("/slow", ",\"data\":1")}]";
        var replies = overWebSocket ? Ask(socket, payload) : client.Send(payload);
        await Eventually.True(() => asked.Contains("Subscribe /slow"));

        var other = await new Polling(host.Http).Open("/a");
        Assert.Equal(2, (await other.Publish("/a", "1")).Count);
        lock (asked) Assert.DoesNotContain("Publish /slow", asked);
        Assert.False(replies.IsCompleted);

        answer.SetResult(Permission.Granted);
        Assert.Equal(["/slow", "/meta/subscribe", "/slow"], (await replies).Select(m => (string?)m!["channel"]));
        Assert.Equal("Publish /slow", asked[^1]);
    }

    [Theory]
    [InlineData(ChannelOperation.Create, "/meta/subscribe", "403:not_yours:create_denied")]
    [InlineData(ChannelOperation.Subscribe, "/meta/subscribe", "403:not_yours:subscribe_denied")]
    [InlineData(ChannelOperation.Create, "/new", "403:not_yours:channel_create_denied")]
    [InlineData(ChannelOperation.Publish, "/new", "403:not_yours:publish_denied")]
    [Area("CometD HTTP", "Custom deny responses")]
    public async Task A_refusal_has_the_hosts_own_reason_ext_and_advice(ChannelOperation refused, string channel, string error)
    {
        await using var host = await TestHost.Start();
        host.Policy.Decides = (operation, _) => operation != refused ? null : new(Permission.Denied(
            "not_yours", new JsonObject { ["hint"] = "ask" }, new JsonObject { ["reconnect"] = "retry", ["interval"] = 7 }));
        var client = await new Polling(host.Http).Open();
        var session = host.Session;

        var reply = Assert.Single(await client.Send(
            $"[{client.Message(channel, ",\"subscription\":[\"/new\"],\"data\":1")}]"))!;
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Equal("""{"hint":"ask"}""", reply["ext"]!.ToJsonString());
        Assert.Equal("""{"reconnect":"retry","interval":7}""", reply["advice"]!.ToJsonString());
        Assert.Equal(channel == "/meta/subscribe" ? """["/new"]""" : null, reply["subscription"]?.ToJsonString());
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/new")));
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("handshake", "handshake")]
    [Area("CometD HTTP", "Custom deny responses")]
    public async Task A_refused_handshake_has_the_hosts_ext_and_its_advice_if_it_gives_one(string? reconnect, string told)
    {
        await using var host = await TestHost.Start();
        host.Policy.Handshakes = _ => new(HandshakeVerdict.Deny(
            new JsonObject { ["authentication"] = new JsonObject { ["failureReason"] = "invalid_credentials" } },
            reconnect is null ? null : new JsonObject { ["reconnect"] = reconnect }));
        var reply = await new Polling(host.Http).Handshake();

        Assert.Equal("403::handshake_denied", (string?)reply["error"]);
        Assert.Equal("invalid_credentials", (string?)reply["ext"]!["authentication"]!["failureReason"]);
        Assert.Equal(told, (string?)reply["advice"]!["reconnect"]);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Theory]
    [InlineData("no reason")]
    [InlineData("a:b")]
    [InlineData("")]
    public void A_reason_fits_into_an_error(string reason) =>
        Assert.ThrowsAny<ArgumentException>(() => Permission.Denied(reason));

    [Fact]
    [Area("CometD HTTP", "Sweeping, channels, server lifecycle")]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    public async Task Creating_is_asked_about_only_where_nobody_subscribed_and_nothing_is_declared()
    {
        await using var host = await TestHost.Start();
        var asked = new List<string>();
        host.Policy.Decides = (operation, name) =>
        {
            if (operation is ChannelOperation.Create) asked.Add(name);
            return null;
        };
        host.Server.Channels.Listen(ChannelName.Parse("/declared"), _ => new(true));
        host.Server.Channels.Listen(ChannelName.Parse("/service/*"), _ => new(true));
        var first = await new Polling(host.NewHttp(), "first").Open("/a", "/a/*", "/declared");
        Assert.Equal(["/a", "/a/*"], asked);

        var second = await new Polling(host.Http).Open("/a", "/a/*");
        await second.Publish("/a", "1");
        await second.Publish("/service/x", "1");
        Assert.Equal(["/a", "/a/*"], asked);
        await second.Publish("/a/b", "1"); // a pattern's subscribers do not make the channel
        Assert.Equal("/a/b", asked[^1]);

        await first.Disconnect();
        await second.Disconnect();
        await new Polling(host.NewHttp(), "third").Open("/a");
        Assert.Equal(["/a", "/a/*", "/a/b", "/a"], asked);
    }

    [Theory]
    [InlineData(ChannelOperation.Create, "/meta/subscribe", "403::subscribe_failed")]
    [InlineData(ChannelOperation.Subscribe, "/meta/subscribe", "403::subscribe_failed")]
    [InlineData(ChannelOperation.Publish, "/a", "402::session_unknown")]
    [Area("CometD HTTP", "Disconnect, concurrent disconnect")]
    public async Task A_session_that_ends_while_it_thinks_gets_nothing_of_what_it_wanted(
        ChannelOperation operation, string channel, string error)
    {
        await using var host = await TestHost.Start();
        var answer = new TaskCompletionSource<Permission>(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = 0;
        var asked = false;
        host.Server.Channels.Listen(ChannelName.Parse("/**"), _ => new(++heard > 0));
        var witness = await new Polling(host.NewHttp(), "witness").Open("/a");
        var client = await new Polling(host.Http).Open();
        var session = host.Session;
        host.Policy.Decides = (asks, _) =>
        {
            if (asks != operation) return null;
            asked = true;
            return new(answer.Task);
        };
        var reply = client.Send($"[{client.Message(channel, ",\"subscription\":\"/new\",\"data\":1")}]");
        await Eventually.True(() => asked);
        if (operation is ChannelOperation.Publish) session.Disconnect();
        else Assert.True((bool?)(await client.Disconnect())[0]!["successful"]);

        answer.SetResult(Permission.Granted);
        Assert.Equal(error, (string?)Assert.Single(await reply, m => m!["id"] is not null)!["error"]);
        Assert.Equal(0, heard);
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/new")));
        Assert.Single(await witness.Connect(NoWait));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_gone_when_its_handshake_is_accepted_leaves_a_session_that_is_swept(bool overWebSocket)
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var answer = new TaskCompletionSource<HandshakeVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (asked, gone) = (false, false);
        host.Policy.Handshakes = m =>
        {
            m.Http.RequestAborted.Register(() => gone = true);
            asked = true;
            return new(answer.Task);
        };
        const string Text = """[{"channel":"/meta/handshake"}]""";
        using var socket = await RawSocket.Connect(host);
        if (overWebSocket)
        {
            await socket.Send(Text);
            await Eventually.True(() => asked);
            socket.Abort();
        }
        else
        {
            using var impatience = new CancellationTokenSource();
            var request = host.Http.PostAsync(host.Address, new StringContent(Text), impatience.Token);
            await Eventually.True(() => asked);
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
            await Eventually.True(() => gone);
        }
        answer.SetResult(HandshakeVerdict.Accept("anonymous"));
        await Eventually.True(() => host.Server.SessionCount == 1 && host.Session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    [Area("CometD HTTP", "Concurrent handshake failure")]
    public async Task Messages_after_a_refused_handshake_belong_to_no_session()
    {
        await using var host = await TestHost.Start();
        host.Policy.DeniesHandshakes = true;
        using var socket = await RawSocket.Connect(host);
        await socket.Send("""[{"channel":"/meta/handshake","id":"0"}]""");
        await socket.Send($"[{socket.Message("/a", ",\"data\":1")}]");
        Assert.Equal("403::handshake_denied", (string?)(await socket.Receive())[0]!["error"]);
        Assert.Equal("402::session_unknown", (string?)(await socket.Receive())[0]!["error"]);
    }

    [Fact]
    [Area("CometD WebSocket", "Request context")]
    public async Task It_sees_the_request_of_each_client_and_what_it_gives_stays_with_the_session()
    {
        await using var host = await TestHost.Start();
        host.Policy.Handshakes = m => new(HandshakeVerdict.Accept(
            m.Http.Request.Headers["X-Name"].ToString(), state: m.Http.Request.Headers.Cookie.ToString()));
        foreach (var name in new[] { "ada", "bob" })
        {
            using var socket = await RawSocket.Connect(host, user: null, ("X-Name", name), ("Cookie", $"name={name}"));
            await socket.Handshake();
            Assert.Equal($"name={name}", host.Server.SessionsOf(name).Single().State);
        }
    }

    private static async Task<JsonArray> Ask(RawSocket socket, string payload)
    {
        await socket.Send(payload);
        var heard = await socket.Receive();
        while (heard.Count < 3)
        {
            foreach (var message in await socket.Receive()) heard.Add(message!.DeepClone());
        }
        return heard;
    }
}
