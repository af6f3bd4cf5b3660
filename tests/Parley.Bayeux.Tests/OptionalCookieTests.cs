using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>An endpoint for pages whose browsers keep its cookie back, and for clients that know older words.</summary>
public sealed class OptionalCookieTests
{
    [Fact]
    public async Task Where_the_cookie_is_optional_only_another_browsers_is_refused()
    {
        await using var host = await TestHost.Start(configure: options => options.BrowserCookieIsOptional = true);
        var page = await new Polling(host.Http).Open();

        using var cookieless = host.NewHttp();
        var kept = new Polling(cookieless);
        kept.Adopt(page.ClientId);
        Assert.True((bool?)(await kept.Connect())[0]!["successful"]);

        using var foreign = host.NewHttp();
        var other = await new Polling(foreign).Open();
        other.Adopt(page.ClientId);
        Assert.Equal("402::session_unknown", (string?)(await other.Publish("/a", "1"))[0]!["error"]);

        using var odd = host.NewHttp();
        odd.DefaultRequestHeaders.Add("Cookie", "BAYEUX_BROWSER=of-another-server");
        var stranger = new Polling(odd);
        stranger.Adopt(page.ClientId);
        Assert.Equal("402::session_unknown", (string?)(await stranger.Publish("/a", "1"))[0]!["error"]);
    }

    [Theory]
    [InlineData(true, "handshake")]
    [InlineData(false, null)]
    public async Task A_client_without_a_session_is_told_in_the_hosts_words_and_advised_as_the_host_wants(
        bool always, string? reconnect)
    {
        await using var host = await TestHost.Start(configure: options =>
        {
            options.UnknownSessionError = "402::Unknown client";
            options.AlwaysAdviseHandshake = always;
        });
        var client = new Polling(host.Http);
        client.Adopt("00000000000000000000000000000000");

        var published = (await client.Publish("/a", "1"))[0]!;
        Assert.Equal("402::Unknown client", (string?)published["error"]);
        Assert.Equal(reconnect, (string?)published["advice"]?["reconnect"]);
        var connected = (await client.Connect())[0]!;
        Assert.Equal("402::Unknown client", (string?)connected["error"]);
        Assert.Equal("handshake", (string?)connected["advice"]!["reconnect"]);
    }

    [Theory]
    [InlineData("403::no")]
    [InlineData("402::\"quoted\"")]
    [InlineData(null)]
    public void Words_that_no_reply_can_carry_are_refused(string? words) =>
        Assert.StartsWith(
            "UnknownSessionError", Assert.Single(new BayeuxOptions { UnknownSessionError = words! }.Validate()),
            StringComparison.Ordinal);
}
