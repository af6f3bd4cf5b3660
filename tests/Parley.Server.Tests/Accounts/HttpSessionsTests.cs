using Parley.Server.Accounts;
using Parley.Testing;

namespace Parley.Server.Tests.Accounts;

public sealed class HttpSessionsTests
{
    private static readonly AgentId Ana = new("ana");
    private static readonly AgentId Bob = new("bob");

    private readonly ManualTime time = new();

    private HttpSessions Sessions(int most = 100, int perUser = 100) =>
        new(new AccountsOptions { SessionIdleMs = 10_000, MaxSessions = most, MaxSessionsPerUser = perUser }, time);

    [Fact]
    public void A_request_under_way_keeps_a_session_however_long_it_takes()
    {
        using var sessions = Sessions();
        var session = sessions.Start(Ana);
        using (sessions.KeepAlive(session))
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.Same(session, sessions.Find(session.Id));
            time.Advance(TimeSpan.FromHours(1));
        }
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, sessions.Count);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(sessions.Find(session.Id));
    }

    [Fact]
    public void Idle_sessions_are_forgotten_without_anybody_asking_for_them()
    {
        using var sessions = Sessions();
        for (var i = 0; i < 10; i++) sessions.Start(Ana);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, sessions.Count);
    }

    [Fact]
    public void At_the_bound_the_session_that_was_idle_longest_ends()
    {
        using var sessions = Sessions(most: 2);
        var (first, second) = (sessions.Start(Ana), sessions.Start(Bob));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(sessions.Find(second.Id));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(sessions.Find(first.Id));

        sessions.Start(Ana);
        Assert.Null(sessions.Find(second.Id));
        Assert.NotNull(sessions.Find(first.Id));
        Assert.Equal(2, sessions.Count);
    }

    [Fact]
    public void One_user_cannot_take_the_places_of_the_others()
    {
        using var sessions = Sessions(most: 10, perUser: 2);
        var bob = sessions.Start(Bob);
        for (var i = 0; i < 50; i++) sessions.Start(Ana);
        Assert.NotNull(sessions.Find(bob.Id));
        Assert.Equal(3, sessions.Count);
    }

    [Fact]
    public void A_secret_does_not_show_in_what_is_printed_of_a_session()
    {
        using var sessions = Sessions();
        var session = sessions.Start(Ana);
        Assert.DoesNotContain(session.Id, $"{session}", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{new BasicCredentials("ana", "secret")}", StringComparison.Ordinal);
    }
}
