using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Bayeux.Transports;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What one client may do to others, and to the server, that it should not.</summary>
public sealed class SecurityTests
{
    [Fact]
    public void To_see_whether_a_channel_exists_costs_nothing_however_many_subscribe_and_leave()
    {
        using var server = NewServer(new BayeuxOptions { MaxSessionsPerPrincipal = 2000 });
        var crowded = ChannelName.Parse("/crowded");
        for (var i = 0; i < 2000; i++) server.Start(Owner("guest"), isAcknowledging: false)!.Subscribe(crowded);

        Assert.True(server.Exists(ChannelName.Parse("/crowded"))); // the first call compiles it
        server.SessionsOf("guest").First().Unsubscribe([crowded]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(server.Exists(crowded));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void A_timer_that_fails_stops_no_other_and_is_reported()
    {
        var time = new ManualTime();
        var (failures, fired) = (new List<Exception>(), 0);
        using var wheel = new TimerWheel(time, failures.Add);
        wheel.Schedule(new Timer(() => fired++), 250);
        wheel.Schedule(new Timer(() => throw new ObjectDisposedException("a request that is over")), 250);
        wheel.Schedule(new Timer(() => fired++), 250);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, fired);
        Assert.IsType<ObjectDisposedException>(Assert.Single(failures));
    }

    [Fact]
    public void A_write_that_is_over_is_not_cut_by_a_timer_that_was_firing_already()
    {
        using var server = NewServer();
        var cuts = 0;
        var watch = new StallWatch(server, () => cuts++);
        watch.Fire();
        Assert.Equal(1, cuts);
        watch.Dispose();
        watch.Fire();
        Assert.Equal(1, cuts);
    }

    [Theory]
    [InlineData("\"{0}\"", 64, true)]
    [InlineData("\"{0}\"", 65, false)]
    [InlineData("{0}", 64, true)]
    [InlineData("{0}", 65, false)]
    public async Task An_id_is_short_for_a_held_connect_keeps_it(string json, int length, bool accepted)
    {
        await using var host = await TestHost.Start();
        var id = json.Replace("{0}", new string('1', length), StringComparison.Ordinal);
        var reply = Assert.Single(await new Polling(host.Http).Send($$"""[{"channel":"/meta/handshake","id":{{id}}}]"""))!;
        Assert.Equal(accepted ? null : "405::message_id_invalid", (string?)reply["error"]);
        Assert.Equal(accepted, reply["id"] is not null);
    }

    [Fact]
    public async Task Publishes_that_are_refused_count_too_for_the_policy_was_asked()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.Publishes = new RateLimit(100, 1));
        host.Policy.Denied.Add("/a");
        var client = await new Polling(host.Http).Open();
        Assert.Equal("403:denied_by_security_policy:publish_denied", ErrorOf(await client.Publish("/a", "1")));
        Assert.Equal("429::too_many_messages", ErrorOf(await client.Publish("/a", "1")));
    }

    [Fact]
    public async Task The_policy_is_not_asked_about_a_list_longer_than_a_session_may_have()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxSubscriptions = 2);
        host.Policy.Denied.Add("/a");
        var client = await new Polling(host.Http).Open();
        var replies = await client.Send($"[{client.Message("/meta/subscribe", ",\"subscription\":[\"/a\",\"/b\",\"/c\"]")}]");
        Assert.Equal("403::subscriptions_too_many", ErrorOf(replies));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", true)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("", "", false)]
    public void An_IPv6_network_counts_as_one_address_for_its_owner_has_them_all(string first, string second, bool accepted)
    {
        using var server = NewServer(new BayeuxOptions { MaxSessionsPerAddress = 1 });
        var session = server.Start(Owner("ada", address: first), isAcknowledging: false)!;
        Assert.Equal(accepted, server.Start(Owner("bob", address: second), isAcknowledging: false) is not null);
        session.Disconnect();
        Assert.NotNull(server.Start(Owner("eve", address: first), isAcknowledging: false));
    }

    [Fact]
    public async Task A_WebSocket_that_speaks_for_no_session_is_idle_whatever_it_says()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Connect(host);
        socket.ClientId = "invented";
        await socket.Ask("/meta/connect");
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("402::session_unknown", ErrorOf(await socket.Ask("/meta/connect")));
        time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(1001, await socket.Closed());
    }

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("sub")]
    public void A_user_is_known_by_his_id_for_he_may_have_no_name_or_share_it(string type)
    {
        using var server = NewServer();
        var http = SignedIn(new(type, "7"), new(ClaimTypes.Name, "Jo"));
        var session = server.Start(Owner("jo", user: SessionClaim.UserOf(http)), isAcknowledging: false)!;

        Assert.Equal(ClaimVerdict.Granted, Claim(session, SignedIn(new Claim(type, "7"))));
        Assert.Equal(ClaimVerdict.Foreign, Claim(session, SignedIn(new Claim(type, "8"))));
        Assert.Equal(ClaimVerdict.Foreign, Claim(session, SignedIn(new(type, "8"), new(ClaimTypes.Name, "Jo"))));
        Assert.Equal(ClaimVerdict.Unknown, Claim(session, new DefaultHttpContext()));
    }

    [Fact]
    public void A_user_with_the_name_of_a_principal_has_only_sessions_that_no_other_user_began()
    {
        using var server = NewServer();
        var own = server.Start(Owner("support"), isAcknowledging: false)!; // by what its handshake's ext said
        var others = server.Start(Owner("support", user: "ada"), isAcknowledging: false)!;
        var http = SignedIn(new(ClaimTypes.NameIdentifier, "7"), new(ClaimTypes.Name, "support"));

        Assert.Equal(ClaimVerdict.Granted, Claim(own, http));
        Assert.Equal(ClaimVerdict.Foreign, Claim(others, http));
    }

    [Fact]
    public async Task A_page_gets_the_browser_cookie_with_its_WebSocket_and_nobody_resumes_its_session_without()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var page = ("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        using var wire = await RawWire.Open(host);
        var cookie = CookieIn(await wire.Upgrade("Origin: http://a\r\n"))!;
        await wire.WriteFrame("""[{"channel":"/meta/handshake"}]""");
        var clientId = (string)JsonNode.Parse(await wire.ReadFrame())![0]!["clientId"]!;

        var stranger = ("Cookie", "BAYEUX_BROWSER=" + new string('0', 32));
        foreach (var headers in new (string, string)[][] { [], [page], [page, stranger] })
        {
            using var thief = await RawSocket.Connect(host, null, headers);
            thief.ClientId = clientId;
            Assert.Equal("402::session_unknown", ErrorOf(await thief.Ask("/meta/connect")));
        }
        using var same = await RawSocket.Connect(host, null, page, ("Cookie", cookie));
        same.ClientId = clientId;
        Assert.Null(ErrorOf(await same.Ask("/meta/connect")));
    }

    [Fact]
    public async Task A_page_keeps_the_browser_cookie_it_has_and_a_client_that_is_no_browser_gets_none()
    {
        await using var host = await TestHost.Start();
        using var page = await RawWire.Open(host);
        var cookie = "Cookie: BAYEUX_BROWSER=" + new string('0', 32);
        Assert.Null(CookieIn(await page.Upgrade($"Origin: http://a\r\n{cookie}\r\n")));
        using var program = await RawWire.Open(host);
        Assert.Null(CookieIn(await program.Upgrade()));
    }

    private static BayeuxServer NewServer(BayeuxOptions? options = null) =>
        new(options ?? new BayeuxOptions(), new OpenPolicy(), new ManualTime(), NullLogger<BayeuxServer>.Instance);

    private static SessionOwner Owner(string principal, string? user = null, string address = "") =>
        new(principal, State: null, user, Browser: null, address, "long-polling");

    private static DefaultHttpContext SignedIn(params Claim[] claims) =>
        new() { User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test")) };

    private static ClaimVerdict Claim(BayeuxSession session, HttpContext http) =>
        SessionClaim.Of(session, http, new BayeuxOptions());

    private static string? ErrorOf(JsonArray replies) => (string?)replies[0]!["error"];

    private static string? CookieIn(string head) =>
        head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal))?["Set-Cookie: ".Length..]
            .Split(';')[0];

    private sealed class Timer(Action fire) : WheelTimer
    {
        public override void Fire() => fire();
    }
}
