using Parley.Log.Sqlite;

namespace Parley.Server.Backups;

/// <summary>The command <c>restore</c>: makes a data directory of a backup, whole or not at all.</summary>
internal static class RestoreCommand
{
    public const string Usage = """
        Parley.Server restore --from DIR --to DIR
          checks a backup and makes a data directory of it, which must not be there yet
        """;

    private static readonly Dictionary<string, string?> Options = new() { ["--from"] = null, ["--to"] = null };

    public static int Run(IReadOnlyList<string> words, TextWriter output, TextWriter errors) =>
        CommandWords.Read(words, Options, errors) is { } given
            ? CopyWork.Try(() => Make(given["--from"], given["--to"], output), "Nothing was restored", errors)
            : 2;

    private static void Make(string from, string to, TextWriter output)
    {
        var record = BackupRecord.Read(from);
        using var draft = new FolderDraft(to);
        var hash = CopyWork.CopyFile(
            Path.Combine(from, SqliteBackup.FileName), Path.Combine(draft.Path, SqliteBackup.FileName));
        if (hash != record.LogSha256)
            throw new CopyException($"The log in {from} is not what was backed up: its SHA-256 differs.");
        var log = SqliteBackup.Verify(draft.Path, from);
        var files = ChatFiles.Copy(Path.Combine(from, "files"), Path.Combine(draft.Path, "files"));
        if ((log.Position, log.Streams, files.Count, files.Bytes)
            != (record.Position, record.Streams, record.Files, record.FileBytes))
            throw new CopyException($"{from} holds {files.Count} files of {files.Bytes} bytes, and {record} were backed up.");
        draft.PutInPlace();
        output.WriteLine($"{Path.GetFullPath(to)}: {record}, checked. Start the server with --data {to}");
    }
}
