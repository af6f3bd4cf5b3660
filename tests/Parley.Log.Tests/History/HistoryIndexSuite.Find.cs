using Parley.Log.History;

namespace Parley.Log.Tests.History;

public abstract partial class HistoryIndexSuite
{
    private static readonly AgentId Bob = new("7c1e0b5d4f5a4e07a2b6c1d93e48f001");
    private static readonly AgentId Carol = new("7c1e0b5d4f5a4e07a2b6c1d93e48f002");

    [Fact]
    public async Task A_record_comes_back_as_it_was_stored()
    {
        var record = Record("chat1") with
        {
            EndedAt = Noon.AddMinutes(7).AddTicks(3),
            Contact = new ContactId("0000Da7H2KQ9005X"),
            Owner = Bob,
            Agents = [Carol, Bob],
            Queues = [new("Support"), new("Billing")],
            Disposition = "Solved \0 'quoted'",
            UserData = Chats.UserDataRules.Empty.Add("Subject", DataValue.Of("Zoë\0\"")).Add("Age", DataValue.Number("1.10"))
                .Add("Vip", DataValue.Of(true)).Add("Nothing", DataValue.Null),
        };
        await Store(new HistoryChange(record, []));

        var found = Assert.Single((await Index.FindAsync(Everything)).Records);
        Assert.Equal(HistoryJson.Write(record), HistoryJson.Write(found));
        Assert.Equal("Zoë\0\"", found.Subject);
    }

    [Fact]
    public async Task Chats_come_newest_first_or_oldest_first_and_those_of_one_moment_as_they_came()
    {
        await Store(Talk(Record("b", 1)), Talk(Record("a", 2)));
        await Store(Talk(Record("d", 1)), Talk(Record("c", 1)));

        Assert.Equal(["a", "c", "d", "b"], await Find());
        Assert.Equal(["b", "d", "c", "a"], await Find(Everything with { Order = HistoryOrder.OldestFirst }));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_all_are_counted_up_to_a_limit()
    {
        await Store([.. Enumerable.Range(0, 25).Select(i => Talk(Record($"chat{i}", i), "hello"))]);
        var found = new List<string>();
        for (var offset = 0; offset < 30; offset += 10)
        {
            var page = await Index.FindAsync(Everything with { Limit = 10, Offset = offset, Said = SearchText.Read("hello") });
            Assert.Equal(25, page.TotalCount);
            found.AddRange(page.Records.Select(r => r.Chat.Value));
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"chat{i}"), found);
        Assert.Equal(20, (await Index.FindAsync(Everything with { Limit = 1, CountLimit = 20 })).TotalCount);
    }

    [Fact]
    public async Task The_span_begins_with_its_first_moment_and_ends_before_its_last()
    {
        await Store(Talk(Record("before", -1)), Talk(Record("first")), Talk(Record("last", 9)), Talk(Record("after", 10)));

        Assert.Equal(["last", "first"], await Find(new HistoryQuery(Noon, Noon.AddMinutes(10))));
        Assert.Equal(["first"], await Find(new HistoryQuery(Noon.ToOffset(TimeSpan.FromHours(5)), Noon.AddMinutes(9))));
    }

    [Fact]
    public async Task Chats_are_found_by_everything_that_they_have_in_common_and_only_if_they_have_all_of_it()
    {
        var contact = new ContactId("0000Da7H2KQ9005X");
        await Store(
            Talk(Record("one", 1) with { Agents = [Bob], Contact = contact, Queues = [new("Support")] }),
            Talk(Record("two", 2) with
            {
                Agents = [Bob, Carol], Disposition = "Solved", Queues = [new("Support"), new("Sales")],
            }),
            Talk(Record("three", 3) with { UserData = Chats.UserDataRules.Empty.Add("Plan", DataValue.Number("7")) }));

        Assert.Equal(["two", "one"], await FindBy(Facet.OfAgent(Bob)));
        Assert.Equal(["two"], await FindBy(Facet.OfAgent(Bob), Facet.OfAgent(Carol)));
        Assert.Equal(["one"], await FindBy(Facet.OfContact(contact)));
        Assert.Equal(["two"], await FindBy(Facet.OfQueue(new("Sales")), Facet.OfDisposition("Solved")));
        Assert.Equal(["three"], await FindBy(Facet.OfData("Plan", "7")));
        Assert.Empty(await FindBy(Facet.OfData("Plan", "70")));
        Assert.Empty(await FindBy(Facet.OfQueue(new("support"))));
        Assert.Empty(await Find(new HistoryQuery(Noon.AddMinutes(3), Noon.AddDays(1)) { Facets = [Facet.OfAgent(Bob)] }));
    }

    [Fact]
    public async Task What_a_chat_is_no_longer_it_is_not_found_by_any_more()
    {
        await Store(Talk(Record("chat1") with { Disposition = "Open" }, "first"));
        await Store(new HistoryChange(Record("chat1") with { Disposition = "Solved" }, [Said(2, "second")]));

        Assert.Empty(await FindBy(Facet.OfDisposition("Open")));
        Assert.Equal(["chat1"], await FindBy(Facet.OfDisposition("Solved")));
        Assert.Equal(["chat1"], await Search("first second"));
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_any_longer_is_told_so()
    {
        await Store(Talk(Record("chat1")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Index.FindAsync(Everything, new CancellationToken(true)));

        Assert.Equal(["chat1"], await Find());
    }

    private Task<string[]> FindBy(params Facet[] facets) => Find(Everything with { Facets = facets });
}
