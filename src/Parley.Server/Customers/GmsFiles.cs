using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Documents;
using Parley.Server.Files;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>
/// The files of customers over GMS Chat: below the chat's address at door B, and at <c>/genesys/2/chat-ntf</c>, where the key
/// alone says which chat it is.
/// </summary>
/// <remarks>Source: "ChatAPIv2", "ChatAPIv2CometD", "FileTransfer".</remarks>
internal sealed partial class GmsFiles(
    Reception reception, FileIntake intake, FileStore store, ContactCenter center, CustomersOptions options, FilesOptions files,
    CustomerLimits limits, IdleControl idle, TimeProvider time)
{
    private const string TooSlow = "The file took too long to arrive.";

    /// <summary>Takes in a file and adds it to the chat; without a file, does what the fields ask for.</summary>
    private async Task<IResult> Receive(Visit visit)
    {
        // the parts are limited one by one: a refusal that the web server gives is shown to nobody
        visit.Unlimited();
        using var upload = new Upload(store, intake, files, options, visit.Id, Caller.Of(visit.Context));
        using var limit = new CancellationTokenSource(files.UploadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, visit.Aborted);
        try
        {
            if (await upload.Read(visit.Request, fields => RoomFor(visit, fields), either.Token) is { } refused) return refused;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return GmsAnswer.Wrong(DoorError.Malformed(TooSlow, "Send it again over a faster line."), upload.Chat);
        }
        if (visit.IsNotification && upload.File is null) return await Notified(visit, upload.Fields);
        return await Enter(visit, upload.Fields) ?? await Take(visit, upload);
    }

    private async Task<IResult> Take(Visit visit, Upload upload)
    {
        var (chat, rules) = (visit.Chat, RulesOf(visit.Chat));
        if (upload.File is not { Size: > 0 } file)
            return visit.Wrong(DoorError.Malformed("There is no file, or it is empty.", "Send a part named file."));
        if (file.Size > rules.MaxFileBytes) return visit.Wrong(DoorError.FileTooLarge(rules.MaxFileBytes));
        if (CustomerAddFile.Objection(chat, file.Size, FileIntake.LimitsOf(rules)) is { } objection)
            return visit.Wrong(ErrorFor(objection, rules));
        var description = upload.Fields.UserData.GetValueOrDefault("file-description");
        if (description?.Length > options.MaxUserDataValueLength)
            return visit.Wrong(DoorError.TooLong("file-description", options.MaxUserDataValueLength));
        var (position, wrong) = GmsTranscript.PositionOf(upload.Fields["transcriptPosition"]);
        if (wrong is not null) return visit.Wrong(wrong);

        var taken = await intake.Take(
            chat, file, upload.Name, string.IsNullOrEmpty(description) ? null : description, rules, visit.Aborted);
        return taken.Objection switch
        {
            Objection.Type => visit.Wrong(DoorError.FileTypeRefused(string.Join(':', rules.Types))),
            Objection.Harmful => visit.Wrong(DoorError.FileHarmful),
            Objection.NotScanned => GmsAnswer.TryAgain(chat.Id.Value),
            _ => taken.Outcome.Refused is null
                ? Done(visit, taken.Outcome.Chat, position, ("file-id", taken.File!.Id))
                : Refused(visit, taken.Outcome, rules),
        };
    }

    /// <summary>What the customer may send, and what is used up: one message that is no part of the transcript (K15).</summary>
    private async Task<IResult> Limits(Visit visit, DoorFields fields)
    {
        if (await Enter(visit, fields) is { } refused) return refused;
        return GmsAnswer.Notice(
            visit.Chat, visit.Key, "file-client-cfg-get", time.GetUtcNow(), idle.SecondsLeft(visit.Chat),
            FileLimitsNotice.Of(visit.Chat, RulesOf(visit.Chat)));
    }

    private async Task<IResult> Download(Visit visit, DoorFields fields, string? fileId)
    {
        if (await Enter(visit, fields, StatusCodes.Status404NotFound) is { } refused) return refused;
        var (chat, rules) = (visit.Chat, RulesOf(visit.Chat));
        if (fileId is null || !chat.Files.TryGetValue(fileId, out var file)) return visit.Wrong(DoorError.FileNotFound);
        if (await store.Open(chat.Id, file) is not { } content) return GmsAnswer.TryAgain(chat.Id.Value);
        var outcome = await reception.Run(chat, new CustomerFetchFile(fileId, FileIntake.LimitsOf(rules)));
        if (outcome.Refused is null) return new FileDownload(content, file.Name, file.MediaType);
        await content.DisposeAsync();
        return outcome.Refused.Reason == Reason.OutOfRange
            ? visit.Wrong(DoorError.NoMoreDownloads)
            : Refused(visit, outcome, rules, StatusCodes.Status404NotFound);
    }

    private async Task<IResult> Delete(Visit visit, DoorFields fields, string? fileId)
    {
        if (await Enter(visit, fields) is { } refused) return refused;
        var (position, wrong) = GmsTranscript.PositionOf(fields["transcriptPosition"]);
        if (wrong is not null) return visit.Wrong(wrong);
        var outcome = await reception.Run(visit.Chat, new CustomerRemoveFile(fileId ?? ""));
        return outcome.Refused is null
            ? Done(visit, outcome.Chat, position)
            : Refused(visit, outcome, RulesOf(visit.Chat));
    }

    /// <summary>Lets the customer in, once for each request.</summary>
    /// <returns>Null when it is in; else the answer.</returns>
    private async ValueTask<GmsAnswer?> Enter(Visit visit, DoorFields fields, int? whenGone = null)
    {
        if (visit.HasEntered) return null;
        visit.Key = fields["secureKey"] ?? "";
        var id = visit.Id ?? CustomerKeys.ChatIdOf(visit.Key).Value;
        var (chat, refused) = await reception.Enter(new ChatId(id), visit.Key, Door.Gms, Caller.Of(visit.Context), visit.Service);
        if (refused is not null) return GmsAnswer.Wrong(refused, id);
        if (chat is not { CustomerPresent: true } || (visit.Service ?? chat.Service) != chat.Service)
            return GmsAnswer.Gone(id, whenGone ?? options.WhenGone);
        if (!RulesOf(chat).Enabled) return GmsAnswer.Wrong(DoorError.NotOffered, id);
        visit.Chat = chat;
        return null;
    }

    /// <summary>How large a file may be. Where the key comes after it, it is taken in before it is known whose it is.</summary>
    private async ValueTask<Room> RoomFor(Visit visit, DoorFields fields)
    {
        if (fields["secureKey"] is null)
        {
            var services = visit.Service is null ? center.Services.Values : [center.ServiceOf(visit.Service)!];
            var sizes = services.Where(s => s is { Files.Enabled: true }).Select(s => s.Files.MaxFileBytes).ToArray();
            if (sizes.Length == 0) return new Room(0, visit.Wrong(DoorError.NotOffered));
            return limits.AllowsFileAheadOfKey(Caller.Of(visit.Context))
                ? new Room(sizes.Max())
                : new Room(0, visit.Wrong(DoorError.TooManyRequests));
        }
        if (await Enter(visit, fields) is { } refused) return new Room(0, refused);
        var rules = RulesOf(visit.Chat);
        return CustomerAddFile.Objection(visit.Chat, 1, FileIntake.LimitsOf(rules)) is { } objection
            ? new Room(0, visit.Wrong(ErrorFor(objection, rules)))
            : new Room(rules.MaxFileBytes);
    }

    private FileRules RulesOf(Chat chat) => center.ServiceOf(chat.Service)?.Files ?? new FileRules();

    private GmsAnswer Done(Visit visit, Chat chat, int? position, params (string, string)[] data) => GmsAnswer.Done(
        chat, visit.Key, position is { } from ? GmsTranscript.From(chat, from, options) : GmsTranscript.None,
        idle.SecondsLeft(chat), data);

    private GmsAnswer Refused(Visit visit, Outcome outcome, FileRules rules, int? whenGone = null) =>
        outcome.Refused switch
        {
            { Reason: Reason.Unavailable } => GmsAnswer.TryAgain(visit.Chat.Id.Value),
            { Reason: Reason.InvalidInState } => GmsAnswer.Gone(visit.Chat.Id.Value, whenGone ?? options.WhenGone),
            var objection => visit.Wrong(ErrorFor(objection!, rules)),
        };

    private static DoorError ErrorFor(Rejection objection, FileRules rules) => objection.Reason switch
    {
        Reason.Forbidden => DoorError.NoAgentForFile,
        Reason.OutOfRange => DoorError.TooManyFiles(rules.MaxFiles),
        Reason.NotPermitted => DoorError.FileTooLarge(rules.MaxTotalBytes),
        _ => DoorError.FileNotFound,
    };
}
