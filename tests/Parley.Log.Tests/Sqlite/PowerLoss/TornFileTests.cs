using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

public sealed class TornFileTests : IDisposable
{
    private const int Page = 4096, WalHeader = 32;

    private readonly DataDirectory written = new();
    private readonly DataDirectory torn = new();

    public void Dispose()
    {
        written.Dispose();
        torn.Dispose();
    }

    [Fact]
    public async Task A_torn_tail_of_the_write_ahead_file_is_recognised_wherever_it_tears()
    {
        var (before, after) = await WriteAsync();
        for (var length = before; length < after; length += 256)
        {
            Assert.Equal(1, await StoredAsync(wal => wal.SetLength(length)));
            Assert.Equal(1, await StoredAsync(wal => Fill(wal, length, after - length, 0)));
            Assert.Equal(1, await StoredAsync(wal => Fill(wal, length, Math.Min(64, after - length), 0xA5)));
        }
        Assert.Equal(2, await StoredAsync(_ => { }));
    }

    [Fact]
    public async Task Garbage_behind_the_end_of_the_write_ahead_file_is_ignored()
    {
        var (_, after) = await WriteAsync();

        Assert.Equal(2, await StoredAsync(wal => Fill(wal, after, 3 * Page, 0xA5)));
    }

    [Fact]
    public async Task A_write_ahead_file_whose_beginning_was_not_written_is_empty()
    {
        await WriteAsync();

        Assert.Equal(0, await StoredAsync(wal => Fill(wal, 0, WalHeader, 0)));
    }

    [Fact]
    public async Task A_damaged_page_is_refused_or_harmless_and_never_read_as_something_else()
    {
        await written.FillAsync(300);
        var pages = new FileInfo(written.Database).Length / Page;
        Assert.InRange(pages, 20, 1_000);
        var refused = 0;
        for (var page = 0; page < pages; page++)
        {
            File.Copy(written.Database, torn.Database, overwrite: true);
            using (var file = File.OpenWrite(torn.Database)) Fill(file, page * Page, Page, page % 2 == 0 ? (byte)0 : (byte)'x');
            try
            {
                await using var log = await torn.OpenAsync();
                await using var follower = new Follower(log, Cursor.Beginning);
                for (var i = 0; i < 300; i++) Assert.Equal([$"chat/{i}/1 a"], (await log.ReadAsync($"chat/{i}")).Told());
            }
            catch (Exception e) when (e is LogDamagedException or LogUnavailableException)
            {
                Assert.Contains("damaged", e.Message);
                refused++;
            }
        }
        Assert.InRange(refused, pages / 2, pages);
    }

    /// <summary>
    /// Leaves a database with two commits in its write-ahead file; how long that was after the first and the second.
    /// </summary>
    private async Task<(long First, long Second)> WriteAsync()
    {
        await written.FillAsync(0);
        await using var log = await written.OpenAsync();
        await log.StoreAsync(To("chat/1", 0, "a", "b", "c"));
        var first = new FileInfo(written.Database + "-wal").Length;
        await log.StoreAsync(Command("2", Part("chat/1", 3, "d"), Part("agent/1", 0, "e")));
        var second = new FileInfo(written.Database + "-wal").Length;

        // taken while it is open: closing would empty the write-ahead file
        Directory.CreateDirectory(Path.Combine(written.Root, "cut"));
        foreach (var suffix in (string[])["", "-wal"])
            File.Copy(written.Database + suffix, Path.Combine(written.Root, "cut", "log.db" + suffix));
        return (first, second);
    }

    /// <summary>How many of the two commands a log whose write-ahead file was spoilt has, each whole.</summary>
    private async Task<int> StoredAsync(Action<FileStream> spoil)
    {
        foreach (var old in Directory.GetFiles(torn.Root)) File.Delete(old);
        foreach (var file in Directory.GetFiles(Path.Combine(written.Root, "cut")))
            File.Copy(file, Path.Combine(torn.Root, Path.GetFileName(file)));
        using (var wal = File.Open(torn.Database + "-wal", FileMode.Open)) spoil(wal);

        await using var log = await torn.OpenAsync();
        var chat = (await log.ReadAsync("chat/1")).Told();
        var agent = (await log.ReadAsync("agent/1")).Told();
        Assert.Equal(chat.Length == 4 ? ["agent/1/1 e"] : [], agent);
        Assert.Equal(((string[])["chat/1/1 a", "chat/1/2 b", "chat/1/3 c", "chat/1/4 d"])[..chat.Length], chat);
        await log.StoreAsync(To("chat/new", 0, "a"));
        return chat.Length switch { 0 => 0, 3 => 1, 4 => 2, _ => -1 };
    }

    private static void Fill(FileStream file, long at, long count, byte with)
    {
        file.Position = at;
        file.Write(Enumerable.Repeat(with, (int)count).ToArray());
    }
}
