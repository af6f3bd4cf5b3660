using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>A page of a browser without cookies that opens a WebSocket and handshakes over HTTP at the same time.</summary>
public sealed class FirstVisitTests
{
    [Fact]
    public async Task A_socket_that_came_before_the_cookie_is_closed_without_an_answer_and_the_next_one_goes_on()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var page = ("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        using var early = await RawSocket.Connect(host, null, page);
        using var handshake = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake"}]""");
        var cookie = handshake.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        early.ClientId = host.Session.Id;

        await early.Send($"[{early.Message("/meta/connect")}]");
        await early.Send($"[{early.Message("/meta/subscribe", ",\"subscription\":\"/a\"")}]");
        Assert.Null(await early.ReceiveOrClose());
        Assert.Equal(1000, (int)early.CloseStatus!);

        using var next = await RawSocket.Connect(host, null, page, ("Cookie", cookie));
        next.ClientId = early.ClientId;
        Assert.True((bool?)(await next.Ask("/meta/connect"))[0]!["successful"]);
    }

    [Fact]
    public async Task What_a_socket_sets_does_not_replace_the_cookie_of_a_handshake_and_opens_the_sessions_of_the_socket()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var wire = await RawWire.Open(host);
        var cookie = CookieIn(await wire.Upgrade("Origin: http://a\r\n"));
        Assert.StartsWith("BAYEUX_BROWSER_WS=", cookie, StringComparison.Ordinal);
        await wire.WriteFrame("""[{"channel":"/meta/handshake"}]""");
        await wire.ReadFrame();

        using var http = host.NewHttp();
        var other = "BAYEUX_BROWSER=" + new string('0', 32);
        foreach (var (shown, error) in new[] { (other, "402::session_unknown"), ($"{other}; {cookie}", null) })
        {
            http.DefaultRequestHeaders.Remove("Cookie");
            http.DefaultRequestHeaders.Add("Cookie", shown);
            var client = new Polling(http);
            client.Adopt(host.Session.Id);
            Assert.Equal(error, (string?)(await client.Subscribe("/a"))[0]!["error"]);
        }
    }

    private static string CookieIn(string head) =>
        head.Split("\r\n").Single(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal))["Set-Cookie: ".Length..]
            .Split(';')[0];
}
