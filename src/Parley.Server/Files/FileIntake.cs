using System.Security.Cryptography;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Files;

/// <summary>
/// The way of a file into its chat: looked at, scanned, held, then in the log, then kept. Whatever ends the way earlier
/// leaves nothing behind.
/// </summary>
internal sealed partial class FileIntake(
    FileStore store, FileScan scan, ChatHost chats, FilesOptions options, ILogger<FileIntake> log)
{
    /// <summary>Adds a file that was taken in.</summary>
    /// <param name="chat">The chat, as the customer was let into it.</param>
    /// <param name="received">The content.</param>
    /// <param name="name">The name as it came; empty if there was none.</param>
    /// <param name="description">What the customer says of the file; null for nothing.</param>
    /// <param name="rules">The rules of the chat's service.</param>
    /// <param name="cancel">The sender is gone, or has taken too long.</param>
    /// <exception cref="FilesUnavailableException">It cannot be stored.</exception>
    public async Task<Taken> Take(
        Chat chat, ReceivedFile received, string name, string? description, FileRules rules, CancellationToken cancel)
    {
        if (TypeOf(received, name, rules) is not { } type) return new Taken(Objection.Type);
        switch (await scan.Judge(received.Path, cancel))
        {
            case Verdict.Harmful:
                FoundHarmful(chat.Id);
                return new Taken(Objection.Harmful);
            case Verdict.Unknown:
                return new Taken(Objection.NotScanned);
        }
        var full = FileName.ExtensionOf(name).Length > 0 ? name : $"{(name.Length > 0 ? name : "file")}.{type.Extensions[0]}";
        var file = new ChatFile(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), full, received.Size, type.MediaType, received.Content,
            description);
        using var held = await store.Hold(received, chat.Id, file);
        var outcome = await chats.Execute(chat.Id, new CustomerAddFile(file, LimitsOf(rules)));
        await Settle(held, outcome);
        return new Taken(null, outcome, file);
    }

    public static FileLimits LimitsOf(FileRules rules) =>
        new(rules.MaxFiles, rules.MaxTotalBytes, rules.MaxDownloads, rules.NeedsAgent);

    /// <summary>Whether a file of this name could be sent, whatever its content.</summary>
    public bool IsAcceptable(string name) => name.Length == 0 || FileName.IsAcceptable(name, options.MaxNameLength);

    private static FileType? TypeOf(ReceivedFile received, string name, FileRules rules)
    {
        var extension = FileName.ExtensionOf(name);
        if (extension.Length > 0 && !rules.Types.Contains(extension)) return null;
        using var content = new FileContent(received.Path);
        return FileType.Of(content, extension) is { } type && type.Extensions.Any(rules.Types.Contains) ? type : null;
    }

    private async Task Settle(HeldFile held, Outcome outcome)
    {
        try
        {
            // what could not be stored now may be in the log all the same: that is for the sweep to see
            if (outcome.Refused is null) await store.Keep(held.Chat, held.File);
            else if (outcome.Refused.Reason != Reason.Unavailable) await store.Drop(held.Chat, held.File.Id);
        }
        catch (FilesUnavailableException)
        {
            // it is held and found there; the sweep goes on
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file for chat {Chat} was found harmful and refused")]
    private partial void FoundHarmful(ChatId chat);
}

/// <summary>How the way of a file ended: an objection to the file itself, or what became of it in the chat.</summary>
internal readonly record struct Taken(Objection? Objection, Outcome Outcome = default, ChatFile? File = null);

/// <summary>Why a file does not come into question.</summary>
internal enum Objection
{
    /// <summary>Its type may not be sent, or its content is not what its name says.</summary>
    Type,

    /// <summary>The scanner found something.</summary>
    Harmful,

    /// <summary>The scanner could not tell.</summary>
    NotScanned,
}
