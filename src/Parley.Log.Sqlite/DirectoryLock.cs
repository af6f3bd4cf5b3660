namespace Parley.Log.Sqlite;

/// <summary>The right to be the only process on a data directory. The system takes it back when the process dies.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DirectoryLock(FileStream file) => this.file = file;

    /// <exception cref="LogInUseException">Another process, or another log in this one, has the directory.</exception>
    public static DirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "log.lock");
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new LogInUseException(
                $"The data directory {directory} is in use by another process ({path} cannot be locked). "
                + "Stop that process, or give this one a directory of its own.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
