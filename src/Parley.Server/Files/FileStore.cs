using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Operation.Health;

namespace Parley.Server.Files;

/// <summary>The files of chats, outside the log, each content once under its SHA-256.</summary>
/// <remarks>
/// <c>receiving/</c>, a folder of this node's, holds what is being taken in; the shelf what is durable. There a file is held
/// before its event is stored and kept after it, so that the log alone says what becomes of a held file that nobody is at work
/// on: see <see cref="FileSweep"/>.
/// </remarks>
internal sealed partial class FileStore(DataOptions data, FilesOptions options, IFileShelf shelf, ILogger<FileStore> log)
    : IHealth
{
    private readonly string root = options.RootIn(data);
    private readonly UploadPlaces places = new(options);
    private readonly ConcurrentDictionary<(ChatId, string), bool> atWork = [];
    private volatile Rejection? problem;

    public string Part => "files";

    /// <summary>Chats go on without files.</summary>
    public bool IsVital => false;

    /// <summary>Says whether the last file could be stored.</summary>
    public Rejection? Problem() => problem;

    /// <summary>Whether there is a folder at all: there is none before files are in use.</summary>
    public bool Exists => Directory.Exists(root);

    /// <summary>Whether other nodes hold files, too.</summary>
    public bool IsShared => shelf.IsShared;

    /// <summary>Makes the folders and tries whether files can be stored.</summary>
    /// <exception cref="FilesUnavailableException">They cannot.</exception>
    public Task Prepare() => Try(async () =>
    {
        Folder.Create(Receiving);
        var probe = NewPath();
        await File.WriteAllBytesAsync(probe, [0]);
        File.Delete(probe);
        await shelf.PrepareAsync();
        problem = Shortage();
    });

    /// <summary>Begins to take in a file; null when too many are being taken in, altogether or from this address.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public ReceivedFile? TryReceive(string address)
    {
        Try(DemandRoom);
        if (!places.TryTake(address)) return null;
        ReceivedFile? received = null;
        try
        {
            Try(() => received = new ReceivedFile(this, NewPath(), address));
            return received;
        }
        finally
        {
            if (received is null) places.GiveBack(address);
        }
    }

    /// <summary>Makes a file durable under the name of the chat that it is meant for; disposing lets go of it.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public async Task<HeldFile> Hold(ReceivedFile received, ChatId chat, ChatFile file)
    {
        var held = new HeldFile(this, chat, file);
        atWork[(chat, file.Id)] = true;
        try
        {
            await Try(() => shelf.HoldAsync(chat, file, received.Path));
            problem = null;
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The content of a chat's file; null if it is not there.</summary>
    /// <exception cref="LogUnavailableException">It cannot be read now.</exception>
    public Task<Stream?> Open(ChatId chat, ChatFile file) => shelf.OpenAsync(chat, file);

    /// <summary>The file is in its chat: it is kept under its content from now on.</summary>
    /// <exception cref="FilesUnavailableException">It stays held.</exception>
    public Task Keep(ChatId chat, ChatFile file) => Try(() => shelf.KeepAsync(chat, file));

    /// <summary>The file is not in its chat.</summary>
    /// <exception cref="FilesUnavailableException">It stays held.</exception>
    public Task Drop(ChatId chat, string fileId) => Try(() => shelf.DropAsync(chat, fileId));

    /// <summary>Nobody is at work on it any more.</summary>
    public void Release(HeldFile held) => atWork.TryRemove((held.Chat, held.File.Id), out _);

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
        places.GiveBack(received.Address);
    }

    /// <summary>Removes what nobody is taking in any more, and says what is held without anybody here at work on it.</summary>
    public async Task<IReadOnlyList<(ChatId Chat, string FileId)>> Leftovers()
    {
        foreach (var path in Directory.EnumerateFiles(Receiving)) ReceivedFile.RemoveUnlessInUse(path);
        return [.. (await shelf.HeldAsync()).Where(held => !atWork.ContainsKey(held))];
    }
}
