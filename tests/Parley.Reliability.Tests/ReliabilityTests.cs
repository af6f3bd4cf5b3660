using System.Globalization;
using Parley.LossChecker;
using Parley.LossChecker.Journals;
using Parley.LossChecker.Judging;

namespace Parley.Reliability.Tests;

/// <summary>
/// The promise, on a small scale: whatever dies, no acknowledged message is lost, doubled or out of order, and everybody who
/// comes back has the transcript. The long run is described in the README of bench.
/// </summary>
public sealed class ReliabilityTests(ITestOutputHelper output)
{
    private const string SeedVariable = "PARLEY_SEED";

    private readonly string journal = Path.Combine(Path.GetTempPath(), $"parley-journal-{Guid.NewGuid():N}");

    [Fact]
    public async Task Nothing_is_lost_while_two_nodes_and_their_database_die_and_all_connections_break()
    {
        var book = await RunAsync("--nodes", "2", "--faults", "14");

        foreach (var kind in (string[])["node killed", "node frozen", "node asked", "PostgreSQL killed", "PostgreSQL stopped"])
            Assert.Contains(book.Faults.Keys, name => name.StartsWith(kind, StringComparison.Ordinal));
        foreach (var way in (string[])["clients to load balancer", "load balancer to node", "node to database"])
        {
            Assert.Contains($"connections cut, {way}", book.Faults.Keys);
            Assert.Contains(book.Faults.Keys, name => name.StartsWith($"silence, {way}", StringComparison.Ordinal));
        }
    }

    private async Task<Casebook> RunAsync(params string[] arguments)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable)
            ?? Random.Shared.Next(1, 1 << 24).ToString(CultureInfo.InvariantCulture);
        output.WriteLine($"{SeedVariable}={seed}");
        var (options, errors) = Options.Parse(
        [
            "--seed", seed, "--journal", journal, "--server", Path.Combine(AppContext.BaseDirectory, "Parley.Server.dll"),
            "--customers", "18", "--agents", "4", "--pause-ms", "300", "--texts", "20", "--messages", "600",
            "--fault-ms", "2000", "--long-fault-ms", "6000", "--fault-pause-ms", "1500", .. arguments,
        ]);
        Assert.Empty(errors);
        var said = new StringWriter();
        try
        {
            var result = await Campaign.RunAsync(options!, said, TestContext.Current.CancellationToken);
            Assert.True(result == 0, $"See {journal}");
            var book = Casebook.Of(Journal.Read(journal));
            Assert.True(book.End is not null, "The play did not come to its end.");
            File.Delete(journal);
            return book;
        }
        finally
        {
            output.WriteLine(said.ToString());
        }
    }
}
