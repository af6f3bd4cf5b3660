namespace Parley.Chats.Operations;

/// <summary>How many files, and how much of them, a chat may hold, and how often they may be fetched.</summary>
/// <param name="MostFiles">At one time.</param>
/// <param name="MostBytes">Of all files of the chat together, also of those that were removed.</param>
/// <param name="MostFetches">By the customer, over the whole chat.</param>
/// <param name="NeedsAgent">Whether files may be added only while an agent serves the customer.</param>
public sealed record FileLimits(int MostFiles, long MostBytes, int MostFetches, bool NeedsAgent = false);

/// <summary>The customer adds a file whose content has been taken in and found clean.</summary>
/// <remarks>
/// Refused also: Forbidden while an agent is needed and none is there, OutOfRange for one file too many or a transcript that is
/// full, NotPermitted for a file that makes it too much.
/// </remarks>
public sealed record CustomerAddFile(ChatFile File, FileLimits Limits) : CustomerOperation
{
    public static readonly Rejection NoAgent = new(Reason.Forbidden, "Files can be sent once an agent is there.");
    public static readonly Rejection TooMany = new(Reason.OutOfRange, "There are too many files in the chat.");
    public static readonly Rejection TooLarge = new(Reason.NotPermitted, "The files of the chat are too large together.");

    /// <summary>What stands against another file of so many bytes in the chat as it is; null if nothing does.</summary>
    public static Rejection? Objection(Chat chat, long size, FileLimits limits) =>
        limits.NeedsAgent && !chat.Serving.Any() ? NoAgent
        : chat.Files.Count >= limits.MostFiles || !chat.Transcript.HasRoom ? TooMany
        : chat.FileBytes + size > limits.MostBytes ? TooLarge
        : null;

    protected override Decision<ChatEvent> Effects(Chat chat) =>
        Objection(chat, File.Size, Limits) is { } objection ? objection : [new FileAdded(File)];
}

/// <summary>The customer takes a file out of the chat.</summary>
/// <remarks>Refused also: NotFound for a file that is not there.</remarks>
public sealed record CustomerRemoveFile(string FileId) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Files.ContainsKey(FileId)
            ? [new FileRemoved(FileId)]
            : new Rejection(Reason.NotFound, "The file was not found.");
}

/// <summary>The customer fetches a file.</summary>
/// <remarks>Refused also: NotFound for a file that is not there, OutOfRange after too many.</remarks>
public sealed record CustomerFetchFile(string FileId, FileLimits Limits) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        if (!chat.Files.ContainsKey(FileId)) return new Rejection(Reason.NotFound, "The file was not found.");
        return chat.FilesFetched >= Limits.MostFetches
            ? new Rejection(Reason.OutOfRange, "Files have been fetched too often in this chat.")
            : [new FileFetched(FileId)];
    }
}
