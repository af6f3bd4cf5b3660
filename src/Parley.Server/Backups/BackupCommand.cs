using Parley.Log;
using Parley.Log.Sqlite;

namespace Parley.Server.Backups;

/// <summary>The command <c>backup</c>: copies a data directory as it is at one moment, while a server uses it or not.</summary>
/// <remarks>The log first and the files after it: what the log knows of was on disk before.</remarks>
internal static class BackupCommand
{
    public const string Usage = """
        Parley.Server backup --to DIR [--data DIR] [--files DIR]
          copies the data directory, which may be in use, into a new folder, and checks the copy
          --files DIR      the files of chats, if Parley:Files:Directory says so (default: files in the data directory)
        """;

    private static readonly Dictionary<string, string?> Options =
        new() { ["--to"] = null, ["--data"] = "./data", ["--files"] = "" };

    public static int Run(IReadOnlyList<string> words, TextWriter output, TextWriter errors) =>
        CommandWords.Read(words, Options, errors) is { } given
            ? CopyWork.Try(() => Make(given["--data"], FilesOf(given), given["--to"], output), "The backup was not made", errors)
            : 2;

    private static string FilesOf(Dictionary<string, string> given) =>
        given["--files"] is { Length: > 0 } files ? files : Path.Combine(given["--data"], "files");

    private static void Make(string data, string files, string to, TextWriter output)
    {
        using var draft = new FolderDraft(to);
        SqliteBackup.Copy(data, draft.Path);
        var log = SqliteBackup.Verify(draft.Path, data);
        var copied = ChatFiles.Copy(files, Path.Combine(draft.Path, "files"));
        var record = new BackupRecord(
            BackupRecord.Current, DateTimeOffset.UtcNow, log.Position, log.Streams,
            CopyWork.HashOf(Path.Combine(draft.Path, SqliteBackup.FileName)), copied.Count, copied.Bytes);
        record.Write(draft.Path);
        draft.PutInPlace();
        output.WriteLine($"{Path.GetFullPath(to)}: {record}, checked.");
    }
}
