namespace Parley.Server.Files;

/// <summary>A file that is durable, while it is not yet certain that it is in its chat.</summary>
internal sealed class HeldFile(FileStore store, string content, string path) : IDisposable
{
    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string Content => content;

    public string Path => path;

    /// <summary>Lets go of it: what is neither kept nor dropped by then is left to the sweep.</summary>
    public void Dispose() => store.Release(this);
}

/// <summary>The folder of files cannot be used now.</summary>
internal sealed class FilesUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
