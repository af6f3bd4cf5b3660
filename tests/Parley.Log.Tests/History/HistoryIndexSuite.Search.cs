using Parley.Chats;
using Parley.Log.History;

namespace Parley.Log.Tests.History;

public abstract partial class HistoryIndexSuite
{
    [Theory]
    [InlineData("invoice", "bill")]
    [InlineData("INVOICE paid", "bill")]
    [InlineData("paid invoice", "bill")]
    [InlineData("\"your invoice\"", "bill")]
    [InlineData("\"invoice your\"", "")]
    [InlineData("\"invoice paid\"", "")]
    [InlineData("invoice refund", "")]
    [InlineData("invo", "")]
    [InlineData("invo*", "bill")]
    [InlineData("\"your invo*\"", "bill")]
    [InlineData("café", "cafe")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("cafe", "")]
    [InlineData("東京", "tokyo")]
    [InlineData("京東", "")]
    [InlineData("ada@example.com", "mail")]
    [InlineData("example@ada.com", "")]
    [InlineData("4711", "bill")]
    [InlineData("the", "cafe,bill")]
    public async Task Every_word_has_to_have_been_said_and_what_is_quoted_in_its_order(string text, string expected)
    {
        await Store(
            Talk(Record("bill"), "Where is your invoice 4711?", "It was paid, the whole of it"),
            Talk(Record("cafe", 1), "I will meet you in the Café"),
            Talk(Record("tokyo", 2), "私は東京に住んでいます"),
            Talk(Record("mail", 3), "write to Ada@Example.com please"));

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), await Search(text));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("'; drop table chat; --")]
    [InlineData("\\")]
    [InlineData("a OR b")]
    [InlineData("said NOT hello")]
    [InlineData("supervisors : secret")]
    [InlineData("{agents supervisors} : secret")]
    [InlineData("NEAR(one two)")]
    [InlineData("^one + two")]
    [InlineData("one & !two | three <-> four:*A")]
    [InlineData("(((((")]
    [InlineData("%_%")]
    [InlineData("*")]
    [InlineData("$said0 $1 :name @x")]
    [InlineData("nul\0nul")]
    [InlineData("\ud83d\ude00 \u200b\u202e")]
    [InlineData("-one")]
    public async Task Nothing_that_is_searched_for_means_anything_to_the_engine(string text)
    {
        await Store(
            Talk(Record("decoy"), "hello one b two secret"),
            Talk(Record("exact", 1), text),
            new HistoryChange(Record("hidden", 2), [Said(1, $"{text} secret", Clearance.Supervisor)]));
        var words = SearchText.Read(text);

        var found = await Search(text);

        if (words.Count == 0) Assert.Equal(["hidden", "exact", "decoy"], found);
        else Assert.Contains("exact", found);
        if (words.Count > 0) Assert.DoesNotContain("hidden", found);
    }

    [Fact]
    public async Task Long_texts_and_long_words_are_found_and_searched_for()
    {
        var flood = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        var endless = new string('x', 10_000);
        await Store(new HistoryChange(
            Record("long"),
            [
                .. Words.Of(flood).Chunk(Utterance.MaxWords).Index()
                    .Select(c => new Utterance(c.Index + 1, Clearance.Agent, c.Item)),
                Said(9, endless),
            ]));

        Assert.Equal(["long"], await Search("w0 w2999"));
        Assert.Equal(["long"], await Search(endless));
        Assert.Equal(["long"], await Search($"\"{string.Join(' ', Enumerable.Range(0, 1_000).Select(i => $"w{i}"))}\""));
        Assert.Empty(await Search($"\"{string.Join(' ', Enumerable.Repeat("w1", 1_000))}\""));
    }

    [Fact]
    public async Task What_supervisors_alone_may_read_only_they_find()
    {
        await Store(
            new HistoryChange(Record("quiet"), [Said(1, "hello"), Said(2, "poor argument", Clearance.Supervisor)]));

        Assert.Empty(await Search("argument"));
        Assert.Empty(await Search("hello argument"));
        Assert.Equal(["quiet"], await Search("argument", Clearance.Supervisor));
        Assert.Equal(["quiet"], await Search("hello argument", Clearance.Supervisor));
    }
}
