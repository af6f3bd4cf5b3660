using Parley.Log;

namespace Parley.Server.Backups;

/// <summary>
/// A folder that is put together beside its place, <c>DIR.partial</c>, and is there under its name only when it is whole
/// and durable;
/// gone when disposed of before.
/// </summary>
internal sealed class FolderDraft : IDisposable
{
    // it holds what people said to each other
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string place;
    private bool isInPlace;

    /// <exception cref="CopyException">There is something in its place, or another draft.</exception>
    public FolderDraft(string place)
    {
        this.place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(place));
        Path = this.place + ".partial";
        if (File.Exists(this.place) || (Directory.Exists(this.place) && Directory.EnumerateFileSystemEntries(this.place).Any()))
            throw new CopyException($"{place} is there already, and nothing is ever overwritten. "
                + "Name a folder that is new or empty.");
        if (Directory.Exists(Path))
            throw new CopyException($"{Path} is there: another command is at work, or was cut short. Remove it if none is.");
        Folder.Create(Path, OnlyOwner);
    }

    /// <summary>Where it is put together.</summary>
    public string Path { get; }

    /// <summary>Gives it its name, once everything in it is on disk; its files must be already.</summary>
    public void PutInPlace()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories)) Folder.Flush(folder);
        Folder.Flush(Path);
        if (Directory.Exists(place)) Directory.Delete(place);
        Directory.Move(Path, place);
        isInPlace = true;
        Folder.Flush(System.IO.Path.GetDirectoryName(place)!);
    }

    public void Dispose()
    {
        if (!isInPlace) Directory.Delete(Path, recursive: true);
    }
}
