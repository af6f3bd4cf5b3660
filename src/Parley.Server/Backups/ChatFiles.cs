namespace Parley.Server.Backups;

/// <summary>Copies of the files of chats, as <see cref="Files.FolderShelf"/> lays them out.</summary>
internal static class ChatFiles
{
    /// <summary>Copies what is held and what is kept, durably; what is still being taken in is nobody's yet.</summary>
    /// <exception cref="CopyException">A file is not what its name says.</exception>
    public static (long Count, long Bytes) Copy(string from, string to)
    {
        var (count, bytes) = (0L, 0L);
        // what stops being held meanwhile is kept by then
        foreach (var (folder, path) in Below(from, "held").Concat(Below(from, "kept")))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            try
            {
                var hash = CopyWork.CopyFile(path, copy);
                if (folder == "kept" && hash != Path.GetFileName(path))
                    throw new CopyException($"The file {path} is damaged: its content is not the one it is named after.");
                count++;
                bytes += new FileInfo(copy).Length;
            }
            catch (FileNotFoundException) when (folder == "held")
            {
                // kept, or dropped because its event was refused
            }
        }
        return (count, bytes);
    }

    private static IEnumerable<(string Folder, string Path)> Below(string root, string folder)
    {
        var path = Path.Combine(root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => (folder, file))
            : [];
    }
}
