using Parley.Chats;

namespace Parley.Log;

/// <summary>
/// Where the contents of chats' files lie beside the log: held in the name of a chat before the file's event is stored, kept
/// after it, each content once. What lies here survives what the log survives.
/// </summary>
/// <remarks>
/// The log says what becomes of a held file: with its event it is kept, without one it is dropped. To keep or to drop what
/// already was does nothing. Where a folder is the shelf, <see cref="IOException"/> takes the place of
/// <see cref="LogUnavailableException"/>.
/// </remarks>
public interface IFileShelf
{
    /// <summary>Whether other processes put files here, too: what is held may be another's, who is at work on it.</summary>
    bool IsShared { get; }

    /// <summary>Makes what is missing, and returns if files can be stored.</summary>
    /// <exception cref="LogUnavailableException">They cannot.</exception>
    Task PrepareAsync();

    /// <summary>Holds a file; returns once it is durable.</summary>
    /// <param name="chat">The chat that it is meant for.</param>
    /// <param name="file">The file, which has been flushed.</param>
    /// <param name="path">Where its content lies; it may be gone from there afterwards.</param>
    /// <exception cref="LogUnavailableException">It cannot be stored.</exception>
    Task HoldAsync(ChatId chat, ChatFile file, string path);

    /// <summary>The file is in its chat: its content is kept from now on.</summary>
    /// <exception cref="LogUnavailableException">It stays held.</exception>
    Task KeepAsync(ChatId chat, ChatFile file);

    /// <summary>The file will not be in its chat.</summary>
    /// <exception cref="LogUnavailableException">It stays held.</exception>
    Task DropAsync(ChatId chat, string fileId);

    /// <summary>The content of a chat's file, held or kept; null if it is not there.</summary>
    /// <exception cref="LogUnavailableException">It cannot be read now.</exception>
    Task<Stream?> OpenAsync(ChatId chat, ChatFile file);

    /// <summary>All that is held.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    Task<IReadOnlyList<(ChatId Chat, string FileId)>> HeldAsync();
}
