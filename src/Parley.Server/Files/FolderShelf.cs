using Parley.Chats;
using Parley.Log;

namespace Parley.Server.Files;

/// <summary>Files in a folder of this process: <c>held/{chat}.{file}</c> and <c>kept/ab/cd/{sha256}</c>.</summary>
internal sealed class FolderShelf(string root) : IFileShelf
{
    public bool IsShared => false;

    public Task PrepareAsync()
    {
        foreach (var folder in (string[])["held", "kept"]) Folder.Create(Path.Combine(root, folder));
        return Task.CompletedTask;
    }

    public Task HoldAsync(ChatId chat, ChatFile file, string path)
    {
        var held = HeldPath(chat, file.Id);
        File.Move(path, held);
        Folder.Flush(Path.GetDirectoryName(held)!);
        return Task.CompletedTask;
    }

    public Task KeepAsync(ChatId chat, ChatFile file)
    {
        var (held, kept) = (HeldPath(chat, file.Id), KeptPath(file.Content));
        var folder = Path.GetDirectoryName(kept)!;
        Directory.CreateDirectory(folder);
        if (!File.Exists(kept)) File.Move(held, kept, overwrite: true);
        Folder.Flush(folder);
        Folder.Flush(Path.GetDirectoryName(folder)!);
        Folder.Flush(Path.Combine(root, "kept"));
        // another chat's copy of it may have been kept a moment ago: only now is that durable
        File.Delete(held);
        return Task.CompletedTask;
    }

    public Task DropAsync(ChatId chat, string fileId)
    {
        File.Delete(HeldPath(chat, fileId));
        return Task.CompletedTask;
    }

    // between the two it may have moved on
    public Task<Stream?> OpenAsync(ChatId chat, ChatFile file) => Task.FromResult<Stream?>(
        Open(KeptPath(file.Content)) ?? Open(HeldPath(chat, file.Id)) ?? Open(KeptPath(file.Content)));

    public Task<IReadOnlyList<(ChatId Chat, string FileId)>> HeldAsync() =>
        Task.FromResult<IReadOnlyList<(ChatId, string)>>(
        [
            .. Directory.EnumerateFiles(Path.Combine(root, "held"))
                .Select(p => Path.GetFileName(p).Split('.')).Where(n => n.Length == 2).Select(n => (new ChatId(n[0]), n[1])),
        ]);

    private string HeldPath(ChatId chat, string fileId) => Path.Combine(root, "held", $"{chat}.{fileId}");

    private string KeptPath(string content) => Path.Combine(root, "kept", content[..2], content[2..4], content);

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
