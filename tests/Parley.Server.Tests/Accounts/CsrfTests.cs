using System.Net;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Accounts;

public sealed class CsrfTests
{
    private const string Logout = "/api/v2/logout";

    // C21
    [Fact]
    public async Task Without_the_switch_there_are_neither_headers_nor_checks()
    {
        await using var server = await StartedServer.Demo();
        var me = await server.Get("/api/v2/me").As("agent1:secret1").Send();
        Assert.Null(me.Header("X-CSRF-HEADER"));
        Assert.Equal(0, (await server.Post(Logout, "{}").InSession(me.Session).Send()).Code);
    }

    [Fact]
    public async Task With_the_switch_a_change_by_cookie_needs_the_token_that_every_GET_hands_out()
    {
        await using var server = await StartedServer.Demo("Parley:Accounts:EnableCsrfProtection=true");
        var me = await server.Get("/api/v2/me").As("agent1:secret1").Send();
        var name = me.Header("X-CSRF-HEADER")!;
        var token = me.Header(name)!;

        // publishing by Bayeux is a change as well
        foreach (var path in (string[])[Logout, "/api/v2/notifications", "/api/v2/notifications/connect", "/me/interactions/x"])
        {
            var without = await server.Post(path, "{}").InSession(me.Session).Send();
            Assert.Equal(
                (HttpStatusCode.Forbidden, 3, "Missing or invalid Csrf token"), (without.Http, without.Code, without.Text));
        }
        Assert.Equal(3, (await server.Post(Logout, "{}").InSession(me.Session).With(name, "other").Send()).Code);
        // credentials do not excuse a request that a browser could have been made to send
        Assert.Equal(3, (await server.Post(Logout, "{}").InSession(me.Session).As("agent1:secret1").Send()).Code);
        Assert.Equal(token, (await server.Get("/api/v2/features").InSession(me.Session).Send()).Header(name));
        Assert.Equal(0, (await server.Post(Logout, "{}").InSession(me.Session).With(name, token).Send()).Code);
    }

    [Fact]
    public async Task With_the_switch_credentials_without_a_cookie_are_enough()
    {
        await using var server = await StartedServer.Demo("Parley:Accounts:EnableCsrfProtection=true");
        Assert.Equal(0, (await server.Post(Logout, "{}").As("agent1:secret1").Send()).Code);
        var login = await server.Post("/api/v2/login", """{"userName":"agent1","password":"secret1"}""").Send();
        Assert.NotNull(login.Header("X-CSRF-TOKEN"));
    }
}
