using Parley.Log.History;
using Parley.Log.Sqlite.History;
using Parley.Log.Tests.Sqlite;

namespace Parley.Log.Tests.History;

public sealed class SqliteHistoryIndexTests : HistoryIndexSuite
{
    private readonly DataDirectory directory = new();

    private string Database => Path.Combine(directory.Root, "history.db");

    protected override Task<IHistoryIndex> OpenAsync() => Task.FromResult(Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task It_is_there_again_after_a_restart()
    {
        await Store(Talk(Record("chat1"), "hello"));
        var place = await Index.PlaceAsync();
        await Index.DisposeAsync();

        await using var again = Open();
        Assert.Equal(place, await again.PlaceAsync());
        var query = new HistoryQuery(Noon, Noon.AddDays(1)) { Said = SearchText.Read("hello") };
        Assert.Single((await again.FindAsync(query)).Records);
    }

    [Fact]
    public async Task A_file_of_another_version_is_thrown_away()
    {
        await Store(Talk(Record("chat1"), "hello"));
        await Index.DisposeAsync();
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            other.Open();
            await using var newer = other.CreateCommand();
            newer.CommandText = "pragma user_version = 999";
            await newer.ExecuteNonQueryAsync();
        }

        await using var again = Open();
        Assert.Equal(HistoryPlace.Beginning(0), await again.PlaceAsync());
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_said_to_be_and_can_be_emptied()
    {
        await Store(Talk(Record("chat1"), "hello"));
        await Index.DisposeAsync();
        await File.WriteAllTextAsync(Database, new string('?', 100_000));
        await using var again = Open();

        var trouble = await Assert.ThrowsAsync<LogUnavailableException>(() => again.PlaceAsync());
        Assert.Equal(LogTrouble.Damaged, trouble.Trouble);
        await Assert.ThrowsAsync<LogUnavailableException>(() => again.FindAsync(new HistoryQuery(Noon, Noon)));
        await again.ClearAsync(1);

        Assert.Equal(HistoryPlace.Beginning(1), await again.PlaceAsync());
        Assert.True(await again.ApplyAsync(
            HistoryPlace.Beginning(1), new HistoryPlace(1, 1, "c1"), [Talk(Record("chat1"), "hello")]));
    }

    private IHistoryIndex Open() => new SqliteHistoryIndex(directory.Options());
}
