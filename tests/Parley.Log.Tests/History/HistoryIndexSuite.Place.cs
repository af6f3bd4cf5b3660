using Parley.Log.History;

namespace Parley.Log.Tests.History;

public abstract partial class HistoryIndexSuite
{
    [Fact]
    public async Task A_new_history_stands_before_everything() =>
        Assert.Equal(HistoryPlace.Beginning(0), await Index.PlaceAsync());

    [Fact]
    public async Task The_place_moves_with_what_is_stored()
    {
        await Store(Talk(Record("chat1"), "hello"));

        Assert.Equal(new HistoryPlace(1, 1, "c1"), await Index.PlaceAsync());
    }

    [Fact]
    public async Task A_stretch_that_does_not_begin_where_the_history_stands_is_not_stored()
    {
        await Store(Talk(Record("chat1")));
        var there = await Index.PlaceAsync();
        HistoryPlace[] elsewhere =
        [
            HistoryPlace.Beginning(0), there with { Version = 2 }, there with { CommandId = "other" }, there with { Position = 2 },
        ];
        foreach (var place in elsewhere)
            Assert.False(await Index.ApplyAsync(place, new HistoryPlace(1, 9, "c9"), [Talk(Record("chat2"))]));

        Assert.Equal(there, await Index.PlaceAsync());
        Assert.Equal(["chat1"], await Find());
    }

    [Fact]
    public async Task Of_two_who_store_the_same_stretch_at_once_one_does()
    {
        var from = await Index.PlaceAsync();
        for (var i = 1; i <= 20; i++)
        {
            var to = new HistoryPlace(1, i, $"c{i}");
            var change = new HistoryChange(Record("chat1"), [Said(i, $"w{i}")]);
            var begins = from;
            var stored = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => Task.Run(() => Index.ApplyAsync(begins, to, [change]))));
            Assert.Single(stored, true);
            from = to;
        }

        Assert.Equal(["chat1"], await Search(string.Join(' ', Enumerable.Range(1, 20).Select(i => $"w{i}"))));
    }

    [Fact]
    public async Task A_history_that_is_emptied_stands_before_everything_and_is_filled_again()
    {
        await Store(Talk(Record("old"), "hello"));
        await Index.ClearAsync(7);

        Assert.Equal(HistoryPlace.Beginning(7), await Index.PlaceAsync());
        Assert.Empty(await Find());
        Assert.Empty(await Search("hello"));
        Assert.True(await Index.ApplyAsync(
            HistoryPlace.Beginning(7), new HistoryPlace(7, 1, "c1"), [Talk(Record("new"), "hello")]));
        Assert.Equal(["new"], await Search("hello"));
    }

    [Fact]
    public async Task It_can_be_searched_while_it_is_filled()
    {
        var filled = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await Store(Talk(Record($"chat{i}", i), "hello"));
        });
        while (!filled.IsCompleted)
        {
            var page = await Index.FindAsync(Everything with { Said = SearchText.Read("hello") });
            Assert.Equal(page.Records.Count, page.TotalCount);
        }
        await filled;

        Assert.Equal(100, (await Search("hello")).Length);
    }
}
