namespace Parley.Chats.Operations;

/// <summary>How many files, and how much of them, a chat may hold, and how often they may be fetched.</summary>
/// <param name="MostBytes">Of all files of the chat together.</param>
/// <param name="MostFetches">By the customer, over the whole chat.</param>
public sealed record FileLimits(int MostFiles, long MostBytes, int MostFetches);

/// <summary>The customer adds a file whose content has been taken in and found clean.</summary>
/// <remarks>Refused also: OutOfRange for one file too many, NotPermitted for one that makes it too much.</remarks>
public sealed record CustomerAddFile(ChatFile File, FileLimits Limits) : CustomerOperation
{
    public static readonly Rejection TooMany = new(Reason.OutOfRange, "There are too many files in the chat.");
    public static readonly Rejection TooLarge = new(Reason.NotPermitted, "The files of the chat are too large together.");

    protected override Decision<ChatEvent> Effects(Chat chat)
    {
        if (chat.Files.Count >= Limits.MostFiles) return TooMany;
        return chat.Files.Values.Sum(f => f.Size) + File.Size > Limits.MostBytes ? TooLarge : [new FileAdded(File)];
    }
}

/// <summary>The customer takes one of its own files out of the chat.</summary>
/// <remarks>Refused also: NotFound for a file that is not there or not the customer's.</remarks>
public sealed record CustomerRemoveFile(string FileId) : CustomerOperation
{
    protected override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Files.ContainsKey(FileId) && chat.FileOwners[FileId] is null
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
