using System.Globalization;
using Parley.Log;
using Parley.Log.Sqlite;
using Parley.Server.Backups;

namespace Parley.Server.Tests.Durability;

public sealed class BackupTests : IDisposable
{
    private static readonly byte[] Content = "a picture"u8.ToArray();

    private readonly string root = Directory.CreateTempSubdirectory("parley-backup-").FullName;
    private readonly StringWriter told = new();

    private string Data => Path.Combine(root, "data");
    private string Saved => Path.Combine(root, "saved");
    private string Restored => Path.Combine(root, "restored");

    public void Dispose()
    {
        Directory.Delete(root, recursive: true);
        told.Dispose();
    }

    [Fact]
    public async Task A_backup_has_the_log_and_the_files_and_is_restored_whole()
    {
        await FillAsync(20);
        Assert.Equal(0, Backup());
        Assert.Equal(0, Restore());

        Assert.Equal(Names(Path.Combine(Data, "files", "kept")), Names(Path.Combine(Restored, "files", "kept")));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(Restored, "files", "held", "chat1.file1")));
        Assert.Equal(["kept", "held"], Directory.GetDirectories(Path.Combine(Restored, "files")).Select(Path.GetFileName).OrderDescending());
        await using var log = await OpenAsync(Restored);
        Assert.Equal(20, await log.VersionAsync("chat/1"));
        Assert.Contains("20 events of 1 streams, 2 files of 18 bytes", told.ToString());
    }

    [Fact]
    public async Task A_log_may_be_open_when_it_is_backed_up_and_a_second_backup_has_what_came_after_the_first()
    {
        await FillAsync(5);
        await using (var log = await OpenAsync(Data))
        {
            await StoreAsync(log, 6);
            Assert.Equal(0, Backup());
            await StoreAsync(log, 7);
            Assert.Equal(0, Backup(Saved + "2"));
        }
        Assert.Equal(0, Restore());
        Assert.Equal(0, Restore(Saved + "2", Restored + "2"));

        await using var first = await OpenAsync(Restored);
        await using var second = await OpenAsync(Restored + "2");
        Assert.Equal((6, 7), (await first.VersionAsync("chat/1"), await second.VersionAsync("chat/1")));
    }

    [Fact]
    public async Task Nobody_else_may_look_into_a_backup_or_what_is_restored_from_it()
    {
        if (OperatingSystem.IsWindows()) return;
        await FillAsync(1);
        Assert.Equal((0, 0), (Backup(), Restore()));

        var onlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal((onlyOwner, onlyOwner), (File.GetUnixFileMode(Saved), File.GetUnixFileMode(Restored)));
    }

    [Fact]
    public async Task Nothing_is_ever_overwritten()
    {
        await FillAsync(1);
        Assert.Equal(0, Backup());

        Assert.Equal((1, 1), (Backup(), Restore(Saved, Data)));

        Assert.Contains($"The backup was not made: {Saved} is there already", told.ToString());
        Assert.Contains($"Nothing was restored: {Data} is there already", told.ToString());
        Directory.CreateDirectory(Restored);
        Assert.Equal(0, Restore());
    }

    [Fact]
    public async Task What_another_command_has_begun_is_left_alone()
    {
        await FillAsync(1);
        Directory.CreateDirectory(Saved + ".partial");

        Assert.Equal(1, Backup());

        Assert.Contains($"{Saved}.partial is there", told.ToString());
        Assert.True(Directory.Exists(Saved + ".partial"));
    }

    [Fact]
    public void A_folder_without_a_log_is_not_backed_up_and_one_without_a_backup_not_restored()
    {
        Assert.Equal((1, 1), (Backup(), Restore()));

        Assert.Contains($"There is no log in {Data}", told.ToString());
        Assert.Contains($"{Saved} is not a backup", told.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    [Theory]
    [InlineData("log.db", "its SHA-256 differs")]
    [InlineData("kept", "its content is not the one it is named after")]
    [InlineData("backup.json", "cannot be read")]
    public async Task A_backup_that_was_damaged_is_not_restored(string what, string why)
    {
        await FillAsync(50);
        Assert.Equal(0, Backup());
        var file = what == "kept" ? Kept(Path.Combine(Saved, "files")) : Path.Combine(Saved, what);
        Spoil(file);

        Assert.Equal(1, Restore());

        Assert.Contains(why, told.ToString());
        Assert.Equal(["data", "saved"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_backup_that_lacks_a_file_is_not_restored()
    {
        await FillAsync(1);
        Assert.Equal(0, Backup());
        File.Delete(Kept(Path.Combine(Saved, "files")));

        Assert.Equal(1, Restore());

        Assert.Contains("holds 1 files of 9 bytes, and 1 events of 1 streams, 2 files of 18 bytes were backed up", told.ToString());
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task A_log_that_is_damaged_is_not_backed_up_as_if_it_were_whole()
    {
        await FillAsync(500);
        using (var file = File.OpenWrite(Path.Combine(Data, "log.db")))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(new byte[4096]);
        }

        Assert.Equal(1, Backup());

        Assert.Contains($"{Path.Combine(Data, "log.db")} is damaged", told.ToString());
        Assert.Equal(["data"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_file_is_not_backed_up_as_if_it_were_whole()
    {
        await FillAsync(1);
        Spoil(Kept(Path.Combine(Data, "files")));

        Assert.Equal(1, Backup());

        Assert.Contains("is damaged", told.ToString());
        Assert.False(Directory.Exists(Saved));
    }

    [Theory]
    [InlineData("--to: is missing.", "--data", "x")]
    [InlineData("--form: is not an option", "--form=x", "--to", "y")]
    [InlineData("--to: a value must follow.", "--to")]
    [InlineData("--to: is given twice.", "--to=x", "--to=y")]
    public void Words_that_are_not_understood_are_told(string error, params string[] words)
    {
        Assert.Equal(2, BackupCommand.Run(words, told, told));

        Assert.Contains(error, told.ToString());
    }

    [Fact]
    public void The_help_names_every_command() =>
        Assert.All(Commands.All, command => Assert.Contains($"Parley.Server {command.Name}", CommandLine.Usage));

    /// <summary>
    /// Makes a data directory: a log of some events, a file that is kept, one that is held, and one that is coming in.
    /// </summary>
    private async Task FillAsync(int events)
    {
        await using (var log = await OpenAsync(Data))
            for (var i = 1; i <= events; i++)
                await StoreAsync(log, i);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content));
        string[] files = [$"kept/{hash[..2]}/{hash[2..4]}/{hash}", "held/chat1.file1", "receiving/half"];
        foreach (var file in files.Select(f => Path.Combine(Data, "files", f)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, Content);
        }
    }

    private static Task<SqliteEventLog> OpenAsync(string data) =>
        SqliteEventLog.OpenAsync(new SqliteLogOptions { DataDirectory = data });

    private static Task StoreAsync(SqliteEventLog log, int version) => log.AppendAsync(new Append(
        version.ToString(CultureInfo.InvariantCulture),
        [new StreamAppend("chat/1", version - 1, [new NewEvent("a", "{}"u8.ToArray())])]));

    private int Backup(string? to = null) => BackupCommand.Run(["--data", Data, "--to", to ?? Saved], told, told);

    private int Restore(string? from = null, string? to = null) =>
        RestoreCommand.Run(["--from", from ?? Saved, "--to", to ?? Restored], told, told);

    private static string Kept(string files) =>
        Directory.GetFiles(Path.Combine(files, "kept"), "*", SearchOption.AllDirectories).Single();

    private static IEnumerable<string> Names(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order();

    private static void Spoil(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        file.WriteByte(0xFF);
    }
}
