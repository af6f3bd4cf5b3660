using Parley.LossChecker.Clusters;

namespace Parley.Reliability.Tests.Clusters;

/// <summary>Nothing of a cluster is left behind.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Processes_and_files_go_with_the_guard_even_if_nobody_ends_them()
    {
        var guard = new Guard();
        var forgotten = new GuardedProcess(guard, "sleep", ["1000"]);
        var frozen = new GuardedProcess(guard, "sleep", ["1000"]);
        frozen.Send(Signal.Stop);
        File.WriteAllText(Path.Combine(guard.Directory.FullName, "data"), "left");

        // what the end of this program does as well: the guard's input ends
        guard.Dispose();

        Assert.True(await forgotten.EndsAsync(TimeSpan.FromSeconds(20)));
        Assert.True(await frozen.EndsAsync(TimeSpan.FromSeconds(20)));
        Assert.False(Directory.Exists(guard.Directory.FullName));
    }

    [Fact]
    public async Task PostgreSQL_starts_again_after_it_was_killed_or_stopped_at_once()
    {
        using var guard = new Guard();
        await using var postgres = await Postgres.StartAsync(guard, TestContext.Current.CancellationToken);
        await postgres.KillAsync();
        Assert.False(await Ports.AnswersAsync(postgres.Port, TestContext.Current.CancellationToken));
        await postgres.StartAsync(TestContext.Current.CancellationToken);
        await postgres.StopImmediatelyAsync();
        await postgres.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(await Ports.AnswersAsync(postgres.Port, TestContext.Current.CancellationToken));
    }
}
