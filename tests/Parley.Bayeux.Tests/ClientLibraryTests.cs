using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>The official CometD client and Faye's, unchanged, over both transports.</summary>
public sealed class ClientLibraryTests
{
    public static TheoryData<string, string> Clients => new()
    {
        { "cometd.mjs", "long-polling" },
        { "cometd.mjs", "websocket" },
        { "faye.mjs", "long-polling" },
        { "faye.mjs", "websocket" },
    };

    [Theory, MemberData(nameof(Clients))]
    public async Task A_client_receives_publishes_and_disconnects(string script, string transport)
    {
        // The clock stands still: no time-out of the server helps, the client itself must find nothing left to wait for.
        await using var host = await TestHost.Start(new ManualTime());
        using var client = await NodeClient.Start(script, host, transport, "/news/sport");

        await client.Hears("handshaken true retry");
        await client.Hears("subscribed true");
        host.Publish("/news/sport", new { text = "gøal", number = 1.5 });
        Assert.Equal("""event /news/sport {"text":"gøal","number":1.5}""", await client.Hears("event"));

        client.Say("""publish {"from":"me"}""");
        await client.Hears("""event /news/sport {"from":"me"}""");

        client.Say("disconnect");
        await client.Hears("disconnected true");
        await Eventually.True(() => host.Server.SessionCount == 0);
        await client.Ends();
    }

    [Theory, MemberData(nameof(Clients))]
    public async Task A_client_handshakes_again_after_the_server_was_restarted(string script, string transport)
    {
        var host = await TestHost.Start();
        using var client = await NodeClient.Start(script, host, transport, "/news/*");
        await client.Hears("handshaken true");
        await client.Hears("subscribed true");
        await host.DisposeAsync();

        await using var restarted = await TestHost.Start(port: host.Address.Port);
        await client.Hears("handshaken true");
        await client.Hears("subscribed true");
        restarted.Publish("/news/sport", "again");
        await client.Hears("""event /news/sport "again" """.TrimEnd());
    }

    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task A_client_stops_when_its_handshake_is_refused(string transport)
    {
        await using var host = await TestHost.Start();
        host.Policy.DeniesHandshakes = true;
        using var client = await NodeClient.Start("cometd.mjs", host, transport, "/news");

        await client.Hears("handshaken false none");
        await client.Ends();
    }

    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task A_client_that_the_host_disconnects_receives_what_waits_and_stops(string transport)
    {
        await using var host = await TestHost.Start();
        using var client = await NodeClient.Start("cometd.mjs", host, transport, "/news");
        await client.Hears("subscribed true");

        host.Publish("/news", "last");
        host.Server.Disconnect(host.Server.SessionsOf("anonymous").Single());
        await client.Hears("event /news \"last\"");
        await client.Hears("disconnected true");
        await client.Ends();
    }
}
