using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Files;

/// <summary>
/// Clears up after uploads that ended half way, at start and from time to time: a held file whose event is in the log is kept,
/// any other is removed.
/// </summary>
internal sealed partial class FileSweep(
    FileStore store, ChatHost chats, ContactCenter center, FilesOptions options, TimeProvider time, ILogger<FileSweep> log)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (IsNeeded) store.Prepare();
        }
        catch (FilesUnavailableException e)
        {
            throw new StartRefusedException([$"Parley:Files:Directory: cannot be written to. {e.InnerException!.Message}"]);
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
            store.Prepare();
            foreach (var (chat, fileId) in store.Leftovers()) await Settle(chat, fileId);
        }
        catch (Exception e) when (e is FilesUnavailableException or IOException or UnauthorizedAccessException
            or LogUnavailableException)
        {
            CannotSweep(e.GetType().Name);
        }
    }

    private async Task Settle(ChatId chat, string fileId)
    {
        ChatFile? added;
        try
        {
            added = (await chats.Find(chat))?.Transcript.From(1)
                .FirstOrDefault(e => e.Kind == EntryKind.FileUploaded && e.File!.Id == fileId)?.File;
        }
        catch (EventUnreadableException e)
        {
            // whether the chat has it nobody can say; the others are settled all the same
            CannotSettle(chat, fileId, e.Message);
            return;
        }
        using var held = store.Held(chat, fileId, added?.Content ?? "");
        if (added is null) store.Drop(held);
        else store.Keep(held);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "File {File} of chat {Chat} is left as it is: {Error}")]
    private partial void CannotSettle(ChatId chat, string file, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leftovers of uploads stay for now: {Error}")]
    private partial void CannotSweep(string error);
}
