using System.Net;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Files;

/// <summary>Files across restarts, and a folder that fails.</summary>
public sealed class FileRestartTests : IDisposable
{
    private readonly DataFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Files_and_what_is_used_up_are_as_they_were_after_a_restart()
    {
        await using var first = await FileServer.Start(data);
        using var before = await first.Ask();
        var id = await before.Send("1.png", FileCustomer.Png);
        (await before.Download(id)).Dispose();
        await first.DisposeAsync();

        await using var second = await FileServer.Start(data);
        using var ada = before.At(second.Address);
        var limits = await ada.Limits();
        Assert.Equal(
            ("1", "17", "1"),
            ($"{limits["used-upload-max-files"]}", $"{limits["used-upload-max-total-size"]}",
                $"{limits["used-download-attempts"]}"));
        using var file = await ada.Download(id);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_was_stored_before_a_crash_without_an_event_is_removed_at_start()
    {
        // beside other nodes it may be theirs: see FileNodesTests
        data.StayOnDisk();
        await using var first = await FileServer.Start(data);
        using var ada = await first.Ask();
        await first.DisposeAsync();
        data.LeaveHeld(ada.ChatId, new string('a', 32), FileCustomer.Png);
        data.LeaveHeld("0000aNOSUCHCHAT1", new string('b', 32), [1]);
        await File.WriteAllBytesAsync(Path.Combine(data.Files, "receiving", "half"), [1]);

        await using var second = await FileServer.Start(data);
        Assert.Empty(data.Stored);
    }

    [Fact]
    public async Task What_the_log_could_not_take_is_removed_once_it_can_be_asked()
    {
        var (log, clock) = (new FragileLog(), new ManualTime());
        await using var server = await FileServer.Start(data, log, clock, "Parley:Files:SweepEveryMs=1000");
        using var ada = await server.Ask();
        log.IsBroken = true;
        var answer = await ada.Upload("1.png", FileCustomer.Png);
        Assert.Equal((200, 1, ada.ChatId), (answer.Http, answer.StatusCode, $"{answer.Body["chatId"]}"));

        log.IsBroken = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => Task.FromResult(data.Stored.Count == 0));
        await ada.Send("1.png", FileCustomer.Png);
    }

    [Fact]
    public async Task What_belongs_to_a_chat_that_cannot_be_read_is_left_and_everything_else_is_cleared_up()
    {
        var (log, clock) = (new FragileLog(), new ManualTime());
        var damaged = new StreamAppend(StreamKind.Chat.Prefix + "unreadable", 0, [new NewEvent("NoSuchEvent", "{}"u8.ToArray())]);
        await log.AppendAsync(new Append("damaged", [damaged]));
        var unknown = Path.Combine("held", $"unreadable.{new string('a', 32)}");
        Directory.CreateDirectory(Path.Combine(data.Files, "held"));
        await File.WriteAllBytesAsync(Path.Combine(data.Files, unknown), FileCustomer.Png);

        await using var server = await FileServer.Start(data, log, clock, "Parley:Files:SweepEveryMs=1000");
        using var ada = await server.Ask();
        for (var sweeps = 0; sweeps < 2; sweeps++)
        {
            data.LeaveHeld(ada.ChatId, new string('b', 32), FileCustomer.Png);
            clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.NoComplaint(() => Task.FromResult(
                data.Stored is [var left] && left == unknown ? null : string.Join('\n', data.Stored)));
        }
    }

    [Fact]
    public async Task What_has_an_event_is_kept_even_if_the_crash_came_right_after_it()
    {
        await using var first = await FileServer.Start(data);
        using var before = await first.Ask();
        var id = await before.Send("1.png", FileCustomer.Png);
        var kept = Assert.Single(data.Stored);
        await first.DisposeAsync();
        data.HoldAgain(before.ChatId, id);

        await using var second = await FileServer.Start(data);
        Assert.Equal(kept, Assert.Single(data.Stored));
        using var ada = before.At(second.Address);
        using var file = await ada.Download(id);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_is_still_held_can_be_fetched()
    {
        await using var server = await FileServer.Start(data);
        using var ada = await server.Ask();
        var id = await ada.Send("1.png", FileCustomer.Png);
        data.HoldAgain(ada.ChatId, id);
        using var file = await ada.Download(id);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task When_the_folder_fails_the_sender_may_try_again_and_health_says_so_until_it_works()
    {
        var clock = new ManualTime();
        await using var server = await FileServer.Start(data, clock, "Parley:Files:SweepEveryMs=1000");
        using var ada = await server.Ask();
        Directory.Delete(Path.Combine(data.Files, "receiving"), recursive: true);

        var answer = await ada.Upload("1.png", FileCustomer.Png);
        Assert.Equal((200, 1, false), (answer.Http, answer.StatusCode, answer.ChatEnded));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ping(ada));

        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(async () => await Ping(ada) == HttpStatusCode.OK);
        await ada.Send("1.png", FileCustomer.Png);
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_is_left_to_the_log()
    {
        await using var server = await FileServer.Start(data, null, "Parley:Files:MinFreeBytes=70368744177664");
        using var ada = await server.Ask();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ping(ada));
        Assert.Equal(1, (await ada.Upload("1.png", FileCustomer.Png)).StatusCode);
        Assert.Empty(data.Stored);
        Assert.Single(await ada.Messages());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_refuses_the_start()
    {
        var taken = Path.Combine(data.Path, "taken");
        await File.WriteAllTextAsync(taken, "");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => FileServer.Start(data, null, $"Parley:Files:Directory={Path.Combine(taken, "files")}"));
        Assert.Contains("Parley:Files:Directory", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_files_in_any_service_there_is_no_folder()
    {
        await using var server = await StartedServer.Start(null, null, $"Parley:Data:Directory={data.Path}");
        Assert.False(Directory.Exists(data.Files));
    }

    [Fact]
    public async Task The_folder_may_be_elsewhere()
    {
        data.StayOnDisk();
        var elsewhere = Path.Combine(data.Path, "elsewhere");
        await using var server = await FileServer.Start(data, null, $"Parley:Files:Directory={elsewhere}");
        using var ada = await server.Ask();
        await ada.Send("1.png", FileCustomer.Png);
        Assert.Empty(data.Stored);
        Assert.Single(Directory.GetFiles(elsewhere, "*", SearchOption.AllDirectories));
    }

    private static async Task<HttpStatusCode> Ping(FileCustomer customer)
    {
        using var answer = await customer.Http.GetAsync("/api/v2/ping");
        return answer.StatusCode;
    }
}
