using Npgsql;
using Parley.Log.Postgres;
using Parley.Tests.Shared;

namespace Parley.Log.Tests.Postgres;

/// <summary>
/// What the nodes on one database tell each other; the test moves the database's clock by moving what it has noted.
/// </summary>
public sealed class PostgresNodeBoardTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private string database = "";
    private PostgresEventLog first = null!;
    private PostgresEventLog second = null!;

    private INodeBoard One => first.Board;

    private INodeBoard Two => second.Board;

    public async ValueTask InitializeAsync()
    {
        database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        first = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        second = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_work_is_one_nodes_as_long_as_it_renews_its_claim()
    {
        Assert.True(await One.ClaimAsync("routing", Lease));
        Assert.False(await Two.ClaimAsync("routing", Lease));

        await Pass(Lease / 2);
        Assert.True(await One.ClaimAsync("routing", Lease));
        await Pass(Lease / 2);
        await Pass(Lease / 4);
        Assert.False(await Two.ClaimAsync("routing", Lease));
        Assert.True(await Two.ClaimAsync("another", Lease));
    }

    [Fact]
    public async Task A_claim_that_is_not_renewed_in_time_is_anybodys()
    {
        Assert.True(await One.ClaimAsync("routing", Lease));

        await Pass(Lease + TimeSpan.FromSeconds(1));

        Assert.True(await Two.ClaimAsync("routing", Lease));
        Assert.False(await One.ClaimAsync("routing", Lease));
    }

    [Fact]
    public async Task A_claim_from_a_clock_that_was_set_back_since_is_anybodys()
    {
        Assert.True(await One.ClaimAsync("routing", Lease));

        await Pass(-TimeSpan.FromHours(1));

        Assert.True(await Two.ClaimAsync("routing", Lease));
    }

    [Fact]
    public async Task A_node_lets_go_of_its_own_claims_alone()
    {
        Assert.True(await One.ClaimAsync("routing", Lease));
        await Two.ReleaseAsync("routing");
        Assert.False(await Two.ClaimAsync("routing", Lease));

        await One.ReleaseAsync("routing");
        Assert.True(await Two.ClaimAsync("routing", Lease));
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_one_succeeds()
    {
        for (var i = 0; i < 10; i++)
        {
            var work = $"work {i}";
            var got = await Task.WhenAll(One.ClaimAsync(work, Lease), Two.ClaimAsync(work, Lease));
            Assert.Single(got, true);
        }
    }

    [Fact]
    public async Task Whom_a_node_has_seen_the_other_knows_and_for_how_long()
    {
        await One.SawAsync(["ada", "bob", "ada"]);
        await Pass(TimeSpan.FromMinutes(2));
        await Two.SawAsync(["bob"]);
        await One.SawAsync([]);

        Assert.InRange((await Two.SeenElsewhereAsync("ada"))!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20));
        Assert.InRange((await One.SeenElsewhereAsync("bob"))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Null(await One.SeenElsewhereAsync("ada")); // by nobody else
        Assert.Null(await Two.SeenElsewhereAsync("bob"));
        Assert.Null(await Two.SeenElsewhereAsync("eve"));
    }

    [Fact]
    public async Task Who_has_not_been_seen_for_long_is_forgotten()
    {
        await One.SawAsync(["ada"]);
        await Pass(TimeSpan.FromHours(2));
        await One.SawAsync(["bob"]);

        await Two.ForgetSeenAsync(TimeSpan.FromHours(1));

        Assert.Null(await Two.SeenElsewhereAsync("ada"));
        Assert.NotNull(await Two.SeenElsewhereAsync("bob"));
    }

    [Fact]
    public async Task A_secret_is_the_same_for_all_whoever_asks_first()
    {
        var secrets = await Task.WhenAll(One.SecretAsync("cookies"), Two.SecretAsync("cookies"));

        Assert.Equal(secrets[0], secrets[1]);
        Assert.Equal(32, secrets[0].Length);
        Assert.NotEqual(secrets[0], await Two.SecretAsync("others"));
        await using var third = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        Assert.Equal(secrets[0], await third.Board.SecretAsync("cookies"));
    }

    [Fact]
    public async Task A_board_that_cannot_be_reached_says_so()
    {
        await second.DisposeAsync();

        await Assert.ThrowsAsync<LogUnavailableException>(() => Two.ClaimAsync("routing", Lease));
        await Assert.ThrowsAsync<LogUnavailableException>(() => Two.SeenElsewhereAsync("ada"));
    }

    /// <summary>Everything on the board is so much older.</summary>
    private async Task Pass(TimeSpan time)
    {
        await using var source = NpgsqlDataSource.Create(database);
        foreach (var sql in (string[])["update claim set expires = expires - $1", "update sighting set at = at - $1"])
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = time });
            await command.ExecuteNonQueryAsync();
        }
    }
}
