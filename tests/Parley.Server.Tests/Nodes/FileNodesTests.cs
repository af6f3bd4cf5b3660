using Parley.Server.Tests.Files;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

/// <summary>Files where several nodes share one database: no node owns any, and each clears up after all.</summary>
public sealed class FileNodesTests : IAsyncLifetime
{
    private static readonly string Left = new('a', 32);

    private DataFolder here = null!;
    private DataFolder there = null!;
    private FileServer one = null!;
    private FileCustomer ada = null!;

    public async ValueTask InitializeAsync()
    {
        here = await DataFolder.OnPostgres();
        there = here.Beside();
        // nothing is given up while the test lets nobody store an event
        one = await FileServer.Start(here, null, "Parley:Data:PostgresStatementTimeoutMs=600000");
        ada = await one.Ask("large");
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await one.DisposeAsync();
        here.Dispose();
        there.Dispose();
    }

    [Fact]
    public async Task What_was_sent_at_one_node_the_agent_gets_at_the_other_byte_for_byte()
    {
        await using var two = await Two();
        await using var ana = two.User("ana");
        await ana.SignIn();
        await ana.GoReady();
        Assert.Equal(ada.ChatId, await ana.AcceptNext());
        byte[] content = [.. FileCustomer.Png, .. Enumerable.Range(0, 5_000_003).Select(i => (byte)(i * 31 / 7))];

        var id = await ada.Send("large.png", content);

        using var file = await ana.Http.GetAsync($"/api/v2/me/chats/{ada.ChatId}/files/{id}");
        Assert.Equal(content.Length, file.Content.Headers.ContentLength);
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync());
        using var atTwo = ada.At(two.Address);
        using var own = await atTwo.Download(id);
        Assert.Equal(content, await own.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_same_content_in_two_chats_is_stored_once_also_if_it_comes_at_the_same_moment()
    {
        await using var two = await Two();
        using var eve = await two.Ask("large");
        var content = FileCustomer.Picture(1_000_000);

        var ids = await Task.WhenAll(ada.Send("1.png", content), eve.Send("2.png", content));

        Assert.Single(here.Stored);
        Assert.Equal((1, content.Length), here.Tables!.Size);
        using var file = await eve.Download(ids[1]);
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_a_killed_node_held_without_an_event_another_removes_once_the_chat_takes_no_files()
    {
        here.LeaveHeld(ada.ChatId, Left, FileCustomer.Png);
        here.LeaveHeld("0000aNOSUCHCHAT1", Left, FileCustomer.Picture(300, 'b'));
        await using (await Two()) Assert.Equal($"held/{ada.ChatId}.{Left}", Assert.Single(here.Stored));

        (await ada.Post("disconnect")).Succeeded();
        await using (await Two()) Assert.Empty(here.Stored);
        Assert.Equal((0, 0), here.Tables!.Size);
    }

    [Fact]
    public async Task What_a_killed_node_held_with_an_event_another_keeps()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        var kept = Assert.Single(here.Stored);
        here.HoldAgain(ada.ChatId, id);

        await using var two = await Two();

        Assert.Equal(kept, Assert.Single(here.Stored));
        using var atTwo = ada.At(two.Address);
        using var file = await atTwo.Download(id);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_one_chat_lets_go_of_another_still_has()
    {
        using var eve = await one.Ask("large");
        var id = await eve.Send("1.png", FileCustomer.Png);
        here.LeaveHeld(ada.ChatId, Left, FileCustomer.Png);
        (await ada.Post("disconnect")).Succeeded();

        await using var two = await Two();

        Assert.StartsWith("kept/", Assert.Single(here.Stored), StringComparison.Ordinal);
        using var file = await eve.Download(id);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_whose_event_another_node_is_about_to_store_is_left_to_it_however_long_that_takes()
    {
        Task<string> sending;
        await using (await here.Tables!.HaltTheLog())
        {
            sending = ada.Send("1.png", FileCustomer.Png);
            await Eventually.True(() => Task.FromResult(IsHeld()));
            await using (await Two()) Assert.True(IsHeld());
        }
        using var file = await ada.Download(await sending);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_another_node_is_taking_in_is_left_to_it_even_in_the_same_folder()
    {
        using var line = await ada.Begin();
        await Eventually.True(() => Task.FromResult(here.Stored.Count == 1));

        await using (await FileServer.Start(here))
            Assert.StartsWith("receiving", Assert.Single(here.Stored), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(here.Files, "receiving", "half"), [1]);
        await using (await FileServer.Start(here)) Assert.NotEqual("receiving/half", Assert.Single(here.Stored));
    }

    private bool IsHeld() => here.Stored.Any(s => s.StartsWith($"held/{ada.ChatId}.", StringComparison.Ordinal));

    /// <summary>Another node, which has cleared up once when it is there.</summary>
    private Task<FileServer> Two() => FileServer.Start(there);
}
