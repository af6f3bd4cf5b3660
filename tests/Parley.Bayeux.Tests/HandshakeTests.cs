using System.Text.RegularExpressions;

namespace Parley.Bayeux.Tests;

public sealed class HandshakeTests
{
    [Fact]
    [Area("CometD HTTP", "Browser mapping")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("Faye", "handshake")]
    [Area("Faye", "node adapter")]
    [Area("What clients depend on", "replies echo id as a string")]
    [Area("What clients depend on", "the negotiated transport follows the client's order")]
    public async Task A_handshake_gives_a_session_its_advice_and_a_browser_cookie()
    {
        await using var host = await TestHost.Start();
        using var response = await new Polling(host.Http).Post(
            """[{"channel":"/meta/handshake","id":7,"version":"1.0","ext":{"key":"value"}"""
            + ""","supportedConnectionTypes":["long-polling"]}]""");
        var text = await response.Content.ReadAsStringAsync();

        var clientId = host.Server.SessionsOf("anonymous").Single().Id;
        Assert.Matches("^[0-9a-f]{32}$", clientId);
        Assert.Equal(
            """[{"channel":"/meta/handshake","id":"7","successful":true,"clientId":"ID","version":"1.0","minimumVersion":"1.0","""
                .Replace("ID", clientId)
            + """ "supportedConnectionTypes":["websocket","long-polling"],""".TrimStart()
            + """ "advice":{"reconnect":"retry","interval":0,"timeout":25000,"maxInterval":30000}}]""".TrimStart(),
            text);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Matches(new Regex("^BAYEUX_BROWSER=[0-9a-f]{32}; path=/; samesite=lax; httponly$"), cookie);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("""{"key":"value"}""", host.Policy.LastExt);
    }

    [Fact]
    [Area("CometD HTTP", "Browser mapping")]
    public async Task A_browser_keeps_its_cookie_for_all_its_sessions_and_the_old_session_lives_on()
    {
        await using var host = await TestHost.Start();
        await new Polling(host.Http).Handshake();
        using var second = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake"}]""");

        Assert.False(second.Headers.Contains("Set-Cookie"));
        Assert.Equal(2, host.Server.SessionCount);
        Assert.Single(host.Server.SessionsOf("anonymous").Select(s => s.Owner.Browser).Distinct());
    }

    [Fact]
    public async Task A_cookie_that_the_server_did_not_make_is_replaced()
    {
        await using var host = await TestHost.Start();
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("Cookie", "BAYEUX_BROWSER=chosen by somebody else");
        using var response = await new Polling(http).Post("""[{"channel":"/meta/handshake"}]""");
        Assert.True(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [Area("Faye", "handshake")]
    [InlineData("""["callback-polling"]""", false)]
    [InlineData("""[]""", false)]
    [InlineData("""["callback-polling","long-polling"]""", true)]
    [InlineData("""["websocket"]""", true)]
    [InlineData("null", true)]
    public async Task A_list_without_a_type_served_here_is_refused_for_good(string types, bool accepted)
    {
        await using var host = await TestHost.Start();
        var reply =
            (await new Polling(host.Http).Send($$"""[{"channel":"/meta/handshake","supportedConnectionTypes":{{types}}}]"""))[0]!;

        Assert.Equal(accepted, (bool?)reply["successful"]);
        if (accepted) return;
        Assert.Equal("301::connection_types_unsupported", (string?)reply["error"]);
        Assert.Equal("none", (string?)reply["advice"]!["reconnect"]);
    }

    [Fact]
    [Area("What clients depend on", "a failed handshake without reconnect:none is repeated for ever")]
    public async Task A_refused_handshake_gives_no_session_no_cookie_and_says_not_to_try_again()
    {
        await using var host = await TestHost.Start();
        host.Policy.DeniesHandshakes = true;
        using var response = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake","id":"1"}]""");

        Assert.Equal(
            """[{"channel":"/meta/handshake","id":"1","successful":false"""
            + ""","error":"403::handshake_denied","advice":{"reconnect":"none"}}]""",
            await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Theory]
    [InlineData(nameof(BayeuxOptions.MaxSessions))]
    [InlineData(nameof(BayeuxOptions.MaxSessionsPerPrincipal))]
    [InlineData(nameof(BayeuxOptions.MaxSessionsPerAddress))]
    public async Task The_number_of_sessions_is_bounded_and_a_place_is_free_again_after_a_disconnect(string limit)
    {
        await using var host = await TestHost.Start(configure: o => typeof(BayeuxOptions).GetProperty(limit)!.SetValue(o, 1));
        var first = await new Polling(host.Http).Open();

        var refused = await new Polling(host.Http).Handshake();
        Assert.Equal("429::too_many_sessions", (string?)refused["error"]);
        Assert.Equal("handshake", (string?)refused["advice"]!["reconnect"]);

        await first.Disconnect();
        Assert.True((bool?)(await new Polling(host.Http).Handshake())["successful"]);
    }

    [Fact]
    public async Task The_host_hears_of_each_session_and_its_end()
    {
        await using var host = await TestHost.Start();
        var heard = new List<string>();
        host.Server.SessionStarted += s => heard.Add("start " + s.Principal);
        host.Server.SessionEnded += (s, end) => heard.Add($"{end.Reason} {s.Principal}");

        var client = await new Polling(host.Http, "ada").Open();
        await client.Disconnect();
        Assert.Equal(["start ada", "Disconnected ada"], heard);
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var wrong = new BayeuxOptions { Timeout = TimeSpan.FromDays(1), MaxQueue = 0, ConnectionTypes = ["smoke"] }.Validate();

        Assert.Equal(3, wrong.Count);
        Assert.Contains(wrong, error => error.StartsWith("Timeout must be between", StringComparison.Ordinal));
        Assert.Contains("MaxQueue must be at least 1, not 0.", wrong);
        Assert.Contains("ConnectionTypes: 'smoke' is not served.", wrong);
        Assert.Empty(new BayeuxOptions().Validate());
    }

    [Theory]
    [InlineData("WhenQueueFull")]
    [InlineData("ForwardedExt")]
    [InlineData("BrowserCookie")]
    [InlineData("ConnectionTypes")]
    [InlineData("AllowedOrigins")]
    [InlineData("AllowedHeaders")]
    public void Options_that_are_null_are_named(string name)
    {
        var options = new BayeuxOptions();
        typeof(BayeuxOptions).GetProperty(name)!.SetValue(options, null);
        Assert.StartsWith(name, Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Nulls_within_options_and_cookie_names_that_are_none_are_named()
    {
        var options = new BayeuxOptions
        {
            ForwardedExt = ["binary", null!],
            AllowedOrigins = [null!],
            AllowedHeaders = [null!],
            ConnectionTypes = [null!],
            Extensions = { null! },
        };
        options.BrowserCookie.Name = "two words";
        string[] expected =
            ["AllowedHeaders", "AllowedOrigins", "BrowserCookie", "ConnectionTypes", "Extensions", "ForwardedExt"];
        Assert.Equal(expected, options.Validate().Select(wrong => wrong.Split(' ', ':')[0]).Order(StringComparer.Ordinal));
    }
}
