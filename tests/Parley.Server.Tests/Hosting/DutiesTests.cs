using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

/// <summary>What must be done and nobody waits for.</summary>
public sealed class DutiesTests : IDisposable
{
    private readonly ManualTime clock = new();
    private readonly LoggedErrors errors = new();
    private readonly Lifetime lifetime = new();
    private readonly List<DateTimeOffset> looks = [];
    private readonly LoggerFactory loggers;
    private readonly Duties duties;

    public DutiesTests()
    {
        loggers = new LoggerFactory([errors]);
        duties = new Duties(clock, lifetime, loggers.CreateLogger<Duties>());
    }

    public void Dispose()
    {
        loggers.Dispose();
        lifetime.Dispose();
    }

    [Fact]
    public async Task One_that_is_done_is_not_looked_at_again()
    {
        await duties.Do(() => Task.FromResult(true), looks.Add);
        Assert.Empty(looks);
    }

    [Fact]
    public async Task One_that_came_to_nothing_is_looked_at_again_and_is_no_error()
    {
        await duties.Do(() => Task.FromResult(false), looks.Add);
        Assert.Equal([clock.GetUtcNow() + Duties.RetryAfter], looks);
        Assert.Empty(errors.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_meets_a_bug_is_logged_and_looked_at_again(bool atOnce)
    {
        await duties.Do(() => Bug(atOnce), looks.Add);
        Assert.Equal([clock.GetUtcNow() + Duties.RetryAfter], looks);
        Assert.Contains("a bug of the test's", Assert.Single(errors.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_because_the_server_stops_is_neither_logged_nor_looked_at_again()
    {
        lifetime.StopApplication();
        await duties.Do(() => Bug(atOnce: false), looks.Add);
        Assert.Empty(looks);
        Assert.Empty(errors.All);
    }

    private static Task<bool> Bug(bool atOnce)
    {
        var bug = new InvalidOperationException("a bug of the test's");
        return atOnce ? throw bug : Task.FromException<bool>(bug);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}
