using Parley.Log;

namespace Parley.Server.Files;

/// <content>The disk and the shelf, and what happens when they cannot be used.</content>
internal sealed partial class FileStore
{
    private string Receiving => Path.Combine(root, "receiving");

    /// <summary>Does something with the disk or the shelf, and remembers if it cannot be done.</summary>
    /// <exception cref="FilesUnavailableException">It cannot be done.</exception>
    public async Task Try(Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LogUnavailableException)
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

    private string NewPath() => Path.Combine(Receiving, Guid.NewGuid().ToString("N"));

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
        if (e is LogUnavailableException)
        {
            problem = new Rejection(Reason.Unavailable, "Files cannot be stored: the database does not take them.");
            CannotStore(e.Message, e.HResult);
            return new FilesUnavailableException("The database takes no files.", e);
        }
        problem = new Rejection(Reason.Unavailable, $"Files cannot be stored: {e.GetType().Name}.");
        CannotStore(e.GetType().Name, e.HResult);
        return new FilesUnavailableException("The folder of files cannot be written to.", e);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Files cannot be stored: {Error} {Code}")]
    private partial void CannotStore(string error, int code);
}
