using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Operation.Health;

namespace Parley.Server.Files;

/// <summary>The files of chats, outside the log, each content once under its SHA-256.</summary>
/// <remarks>
/// <c>receiving/</c> holds what is being taken in, <c>held/{chat}.{file}</c> what is durable and not yet known to be in its
/// chat, <c>kept/ab/cd/{sha256}</c> what is in some chat. A file is held before its event is stored and kept after it, so
/// that the log alone says what becomes of a held file that nobody is at work on: see <see cref="FileSweep"/>.
/// </remarks>
internal sealed partial class FileStore(DataOptions data, FilesOptions options, ILogger<FileStore> log) : IHealth
{
    private readonly string root = options.Directory.Length > 0
        ? options.Directory
        : Path.Combine(data.Directory, "files");

    private readonly UploadPlaces places = new(options);
    private readonly ConcurrentDictionary<string, bool> atWork = new(StringComparer.Ordinal);
    private volatile Rejection? problem;

    public string Part => "files";

    /// <summary>Chats go on without files.</summary>
    public bool IsVital => false;

    /// <summary>Says whether the last file could be stored.</summary>
    public Rejection? Problem() => problem;

    /// <summary>Whether there is a folder at all: there is none before files are in use.</summary>
    public bool Exists => Directory.Exists(root);

    /// <summary>Makes the folders and tries whether they can be written to.</summary>
    /// <exception cref="FilesUnavailableException">They cannot.</exception>
    public void Prepare() => Try(() =>
    {
        foreach (var folder in (string[])["receiving", "held", "kept"]) Folder.Create(Path.Combine(root, folder));
        var probe = Path.Combine(root, "receiving", Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(probe, [0]);
        File.Delete(probe);
        problem = Shortage();
    });

    /// <summary>Begins to take in a file; null when too many are being taken in, altogether or from this address.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public ReceivedFile? TryReceive(string address)
    {
        Try(DemandRoom);
        if (!places.TryTake(address)) return null;
        var path = Path.Combine(root, "receiving", Guid.NewGuid().ToString("N"));
        atWork[path] = true;
        ReceivedFile? received = null;
        try
        {
            Try(() => received = new ReceivedFile(this, path, address));
            return received;
        }
        finally
        {
            if (received is null) Release(path, address);
        }
    }

    /// <summary>Makes a file durable under the name of the chat that it is meant for; disposing lets go of it.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public HeldFile Hold(ReceivedFile received, ChatId chat, string fileId)
    {
        var held = new HeldFile(this, received.Content, HeldPath(chat, fileId));
        atWork[held.Path] = true;
        try
        {
            Try(() =>
            {
                File.Move(received.Path, held.Path);
                Folder.Flush(Path.GetDirectoryName(held.Path)!);
                problem = null;
            });
            return held;
        }
        catch (FilesUnavailableException)
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The content of a chat's file; null if it is not there.</summary>
    public FileStream? Open(ChatId chat, ChatFile file) =>
        // between the two it may have moved on
        Open(KeptPath(file.Content)) ?? Open(HeldPath(chat, file.Id)) ?? Open(KeptPath(file.Content));

    /// <summary>The file is in its chat: it is kept under its content from now on.</summary>
    public void Keep(HeldFile held) => Try(() =>
    {
        var kept = KeptPath(held.Content);
        var folder = Path.GetDirectoryName(kept)!;
        Directory.CreateDirectory(folder);
        if (!File.Exists(kept)) File.Move(held.Path, kept, overwrite: true);
        Folder.Flush(folder);
        Folder.Flush(Path.GetDirectoryName(folder)!);
        Folder.Flush(Path.Combine(root, "kept"));
        // another chat's copy of it may have been kept a moment ago: only now is that durable
        File.Delete(held.Path);
    });

    /// <summary>The file is not in its chat.</summary>
    public void Drop(HeldFile held) => Try(() => File.Delete(held.Path));

    /// <summary>Nobody is at work on it any more.</summary>
    public void Release(HeldFile held) => atWork.TryRemove(held.Path, out _);

    /// <summary>What was taken in and is not held is of no use; where it cannot be removed, it is left to the sweep.</summary>
    public void Release(ReceivedFile received)
    {
        try
        {
            Try(() => File.Delete(received.Path));
        }
        catch (FilesUnavailableException)
        {
            // logged, and in the server's health
        }
        Release(received.Path, received.Address);
    }

    /// <summary>Removes what was being taken in when it ended, and says what is held without anybody at work on it.</summary>
    public IReadOnlyList<(ChatId Chat, string FileId)> Leftovers()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "receiving")).Where(p => !atWork.ContainsKey(p)))
            File.Delete(path);
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(root, "held")).Where(p => !atWork.ContainsKey(p))
                .Select(p => Path.GetFileName(p).Split('.')).Where(n => n.Length == 2).Select(n => (new ChatId(n[0]), n[1])),
        ];
    }

    /// <summary>A file that was held before, by whoever it was.</summary>
    public HeldFile Held(ChatId chat, string fileId, string content) =>
        new(this, content, HeldPath(chat, fileId));
}
