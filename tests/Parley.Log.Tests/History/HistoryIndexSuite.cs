using Parley.Log.History;

namespace Parley.Log.Tests.History;

/// <summary>What every engine of the history promises. An engine inherits this suite and opens itself.</summary>
public abstract partial class HistoryIndexSuite : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly HistoryQuery Everything = new(DateTimeOffset.UnixEpoch, Noon.AddYears(10));

    private HistoryPlace stands = HistoryPlace.Beginning(0);

    protected IHistoryIndex Index { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Index = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IHistoryIndex> OpenAsync();

    /// <summary>A chat that began so many minutes after noon.</summary>
    protected static HistoryRecord Record(string id, int minutes = 0) =>
        new(new ChatId(id), "customer-support", Noon.AddMinutes(minutes), Chats.UserDataRules.Empty);

    /// <summary>A chat in which this was said, an utterance each.</summary>
    protected static HistoryChange Talk(HistoryRecord record, params string[] texts) =>
        new(record, [.. texts.Index().Select(t => Said(t.Index + 1, t.Item))]);

    protected static Utterance Said(int number, string text, Chats.Clearance clearance = Chats.Clearance.Agent) =>
        new(number, clearance, [.. Words.Of(text)]);

    /// <summary>Stores changes as the next stretch of the log.</summary>
    protected async Task Store(params HistoryChange[] changes)
    {
        var next = new HistoryPlace(1, stands.Position + 1, $"c{stands.Position + 1}");
        Assert.True(await Index.ApplyAsync(stands, next, changes));
        stands = next;
    }

    protected async Task<string[]> Find(HistoryQuery? query = null) =>
        [.. (await Index.FindAsync(query ?? Everything)).Records.Select(r => r.Chat.Value)];

    protected Task<string[]> Search(string text, Chats.Clearance clearance = Chats.Clearance.Agent) =>
        Find(Everything with { Said = SearchText.Read(text), Clearance = clearance });
}
