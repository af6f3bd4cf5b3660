using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Accounts;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private StartedServer server = null!;

    public async ValueTask InitializeAsync() => server = await StartedServer.Start(
        TestCenter.Text(),
        builder => builder.Services.AddSingleton<TimeProvider>(time),
        "Parley:Accounts:MaxFailedAttempts=3", "Parley:Accounts:MaxSessionsPerUser=4");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Request Me(string? user = null) =>
        user is null ? server.Get("/api/v2/me") : server.Get("/api/v2/me").As($"{user}:{TestCenter.Password}");

    [Fact]
    public async Task The_first_request_with_credentials_gets_a_session_cookie_that_is_enough_afterwards()
    {
        var first = await Me("ana").Send();
        Assert.Matches("^[0-9a-f]{32}$", first.Session);
        Assert.Contains("httponly", first.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", first.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", first.SetCookie, StringComparison.OrdinalIgnoreCase);

        var second = await Me().InSession(first.Session).Send();
        Assert.Equal("ana", second.User.GetProperty("userName").GetString());
        Assert.Null(second.SetCookie);
    }

    [Fact]
    public async Task The_same_users_credentials_beside_the_cookie_keep_the_session()
    {
        var first = await Me("ana").Send();
        Assert.Null((await Me("ana").InSession(first.Session).Send()).SetCookie);
    }

    [Fact]
    public async Task Another_users_credentials_win_over_the_cookie_and_replace_the_session()
    {
        var first = await Me("ana").Send();
        var second = await Me("sue").InSession(first.Session).Send();

        Assert.Equal("sue", second.User.GetProperty("userName").GetString());
        Assert.NotEqual(first.Session, second.Session);
        Assert.Equal(20, (await Me().InSession(first.Session).Send()).Code);
    }

    [Fact]
    public async Task Wrong_credentials_beside_a_valid_cookie_are_refused()
    {
        var first = await Me("ana").Send();
        Assert.Equal(20, (await server.Get("/api/v2/me").As("ana:wrong").InSession(first.Session).Send()).Code);
    }

    // C20
    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    public async Task Credentials_may_be_in_UTF8_or_Latin1_and_names_may_contain_an_at_sign(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes($"jörg@example.org:{TestCenter.Password}");
        var answer = await server.Get("/api/v2/me").AsBytes(bytes).Send();
        Assert.Equal("jörg@example.org", answer.User.GetProperty("userName").GetString());
    }

    [Theory]
    [InlineData("ana:wrong")]
    [InlineData("nobody:pässword")]
    [InlineData("gone:pässword")]
    [InlineData("no colon")]
    [InlineData(":")]
    public async Task Who_cannot_be_recognised_or_is_disabled_gets_401_and_code_20(string credentials)
    {
        var answer = await server.Get("/api/v2/me").As(credentials).Send();
        Assert.Equal((HttpStatusCode.Unauthorized, 20), (answer.Http, answer.Code));
        Assert.StartsWith("Basic", answer.Header("WWW-Authenticate"));
        Assert.Null(answer.SetCookie);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Bearer abc")]
    public async Task A_header_that_carries_no_credentials_is_not_an_error_of_the_server(string header) =>
        Assert.Equal(20, (await Me().With("Authorization", header).Send()).Code);

    [Fact]
    public async Task Scripts_are_not_asked_by_the_browser_for_a_password()
    {
        var answer = await Me().With("X-Requested-With", "XMLHttpRequest").Send();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Http);
        Assert.Null(answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_idle_for_1800_seconds_and_not_before()
    {
        var cookie = (await Me("ana").Send()).Session;
        time.Advance(TimeSpan.FromSeconds(1_799));
        Assert.Equal(0, (await Me().InSession(cookie).Send()).Code);
        time.Advance(TimeSpan.FromSeconds(1_799));
        Assert.Equal(0, (await Me().InSession(cookie).Send()).Code);
        time.Advance(TimeSpan.FromSeconds(1_800));
        Assert.Equal(20, (await Me().InSession(cookie).Send()).Code);
        Assert.Equal(0, server.The<HttpSessions>().Count);
    }

    [Fact]
    public async Task A_user_may_have_several_sessions_and_logging_out_ends_only_one()
    {
        var (first, second) = ((await Me("ana").Send()).Session, (await Me("ana").Send()).Session);
        Assert.NotEqual(first, second);

        var logout = await server.Post("/api/v2/logout", "{}").InSession(first).Send();
        Assert.Equal(0, logout.Code);
        Assert.Equal(20, (await Me().InSession(first).Send()).Code);
        Assert.Equal(0, (await Me().InSession(second).Send()).Code);
    }

    [Fact]
    public async Task A_client_without_cookies_does_not_push_out_the_session_of_a_browser()
    {
        var browser = (await Me("ana").Send()).Session;
        await Me().InSession(browser).Send();
        for (var i = 0; i < 10; i++) await Me("ana").Send();

        Assert.Equal(0, (await Me().InSession(browser).Send()).Code);
        Assert.Equal(4, server.The<HttpSessions>().Count);
    }

    [Fact]
    public async Task A_user_with_a_first_password_may_only_look_at_itself()
    {
        var me = await Me("fresh").Send();
        Assert.True(me.User.GetProperty("changePasswordOnFirstLogin").GetBoolean());
        Assert.Equal(0, (await server.Get("/api/v2/me/?subresources=*").InSession(me.Session).Send()).Code);
        foreach (var path in (string[])["/api/v2/me/skills", "/api/v2/features", "/api/v2/notifications"])
        {
            var answer = await server.Get(path).InSession(me.Session).Send();
            Assert.Equal((HttpStatusCode.Forbidden, 8), (answer.Http, answer.Code));
        }
        Assert.Equal(0, (await server.Post("/api/v2/logout", "{}").InSession(me.Session).Send()).Code);
    }

    [Fact]
    public async Task Too_many_wrong_passwords_are_answered_429_until_the_window_is_over()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(20, (await server.Get("/api/v2/me").As($"ana:wrong{i}").Send()).Code);

        var refused = await Me("ana").Send();
        Assert.Equal((HttpStatusCode.TooManyRequests, 3), (refused.Http, refused.Code));
        Assert.Equal("300", refused.Header("Retry-After"));
        Assert.Equal(0, (await Me("sue").Send()).Code);

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, (await Me("ana").Send()).Code);
    }

    [Fact]
    public async Task Credentials_that_were_right_before_are_not_locked_out_by_somebody_guessing()
    {
        await Me("ana").Send();
        for (var i = 0; i < 5; i++) await server.Get("/api/v2/me").As($"ana:wrong{i}").Send();
        Assert.Equal(0, (await Me("ana").Send()).Code);
    }

    [Fact]
    public async Task Login_answers_as_GET_me_and_gives_the_cookie()
    {
        var answer = await server.Post("/api/v2/login", """{"userName":"ana","password":"pässword","other":null}""").Send();
        Assert.Equal("ana", answer.User.GetProperty("userName").GetString());
        Assert.Equal(0, (await Me().InSession(answer.Session).Send()).Code);
    }

    [Theory]
    [InlineData("""{"userName":"ana","password":"wrong"}""", 401, 20)]
    [InlineData("""{"userName":"ana"}""", 400, 1)]
    [InlineData("""{"userName":"ana","password":null}""", 400, 1)]
    [InlineData("""{"userName":"ana","password":5}""", 400, 2)]
    public async Task Login_refuses_what_is_wrong_or_missing(string body, int http, int code)
    {
        var answer = await server.Post("/api/v2/login", body).Send();
        Assert.Equal((http, code), ((int)answer.Http, answer.Code));
        Assert.Null(answer.SetCookie);
    }

    [Fact]
    public async Task Logging_in_again_ends_the_session_that_the_browser_had()
    {
        var first = (await Me("ana").Send()).Session;
        var answer = await server.Post("/api/v2/login", """{"userName":"sue","password":"pässword"}""").InSession(first).Send();
        Assert.Equal("sue", answer.User.GetProperty("userName").GetString());
        Assert.Equal(20, (await Me().InSession(first).Send()).Code);
    }

    [Fact]
    public async Task The_header_ContactCenterId_must_name_the_users_contact_centre()
    {
        Assert.Equal(0, (await Me("ana").With("ContactCenterId", "5B0C8D1E-37AA-4C62-9F5D-2A60B1C4E9F0").Send()).Code);
        var other = await Me("ana").With("ContactCenterId", "00000000-0000-0000-0000-000000000000").Send();
        Assert.Equal((HttpStatusCode.Forbidden, 3), (other.Http, other.Code));
    }
}
