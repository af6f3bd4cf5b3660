using Parley.Chats;

namespace Parley.Server.Files;

/// <content>The disk: where things lie on it, and what happens when it cannot be used.</content>
internal sealed partial class FileStore
{
    /// <summary>Does something with the disk, and remembers if it cannot be done.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be done.</exception>
    public async Task Try(Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    private void Try(Action use)
    {
        try
        {
            use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    private void DemandRoom()
    {
        if (Shortage() is not { } shortage) return;
        problem = shortage;
        throw new FilesUnavailableException(shortage.Message);
    }

    private Rejection? Shortage() =>
        new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace < options.MinFreeBytes
            ? new Rejection(Reason.Unavailable, "Files cannot be stored: the disk is nearly full.")
            : null;

    private FilesUnavailableException Failed(Exception e)
    {
        problem = new Rejection(Reason.Unavailable, $"Files cannot be stored: {e.GetType().Name}.");
        CannotStore(e.GetType().Name, e.HResult);
        return new FilesUnavailableException("The folder of files cannot be written to.", e);
    }

    private void Release(string path, string address)
    {
        atWork.TryRemove(path, out _);
        places.GiveBack(address);
    }

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

    [LoggerMessage(Level = LogLevel.Error, Message = "Files cannot be stored: {Error} {Code}")]
    private partial void CannotStore(string error, int code);
}
