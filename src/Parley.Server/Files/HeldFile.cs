using Parley.Chats;

namespace Parley.Server.Files;

/// <summary>A file that is durable, while it is not yet certain that it is in its chat; somebody here is at work on it.</summary>
internal sealed class HeldFile(FileStore store, ChatId chat, ChatFile file) : IDisposable
{
    public ChatId Chat => chat;

    public ChatFile File => file;

    /// <summary>Lets go of it: what is neither kept nor dropped by then is left to the sweep.</summary>
    public void Dispose() => store.Release(this);
}

/// <summary>Files cannot be stored now.</summary>
internal sealed class FilesUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
