using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Files;

/// <summary>
/// Clears up after uploads that ended half way, at start and from time to time: a held file whose event is in the log is kept,
/// any other is removed, beside other nodes once its chat takes no files any more.
/// </summary>
internal sealed partial class FileSweep(
    FileStore store, ChatHost chats, ContactCenter center, FilesOptions options, TimeProvider time, ILogger<FileSweep> log)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (IsNeeded) await store.Prepare();
        }
        catch (FilesUnavailableException e)
        {
            var setting = e.InnerException is LogUnavailableException ? "Parley:Data:Postgres" : "Parley:Files:Directory";
            throw new StartRefusedException([$"{setting}: files cannot be stored. {e.InnerException!.Message}"]);
        }
        await Sweep();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Sweep();
    }

    private bool IsNeeded => store.Exists || center.Services.Values.Any(s => s.Files.Enabled);

    private async Task Sweep()
    {
        if (!IsNeeded) return;
        try
        {
            // also tells the server's health whether files can be stored, before somebody sends one
            await store.Prepare();
            foreach (var (chat, fileId) in await store.Leftovers()) await Settle(chat, fileId);
        }
        catch (Exception e) when (e is FilesUnavailableException or IOException or UnauthorizedAccessException
            or LogUnavailableException)
        {
            CannotSweep(e.GetType().Name);
        }
    }

    private async Task Settle(ChatId chat, string fileId)
    {
        Chat? found;
        ChatFile? added;
        try
        {
            found = await chats.Find(chat);
            added = found?.Transcript.From(1)
                .FirstOrDefault(e => e.Kind == EntryKind.FileUploaded && e.File!.Id == fileId)?.File;
        }
        catch (EventUnreadableException e)
        {
            // whether the chat has it nobody can say; the others are settled all the same
            CannotSettle(chat, fileId, e.Message);
            return;
        }
        if (added is not null) await store.Keep(chat, added);
        else if (!MayComeYet(found)) await store.Drop(chat, fileId);
    }

    /// <summary>
    /// Whether another node may be about to store the event of a file, however long it takes: not for a chat whose customer is
    /// gone, since that is for ever, and the log takes no file after it.
    /// </summary>
    private bool MayComeYet(Chat? chat) => store.IsShared && chat is { CustomerPresent: true };

    [LoggerMessage(Level = LogLevel.Error, Message = "File {File} of chat {Chat} is left as it is: {Error}")]
    private partial void CannotSettle(ChatId chat, string file, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leftovers of uploads stay for now: {Error}")]
    private partial void CannotSweep(string error);
}
