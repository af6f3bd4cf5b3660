using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary><c>/genesys/2/chat/{service}</c>: door B, customers over GMS Chat Version 2, REST.</summary>
/// <remarks>
/// Everything is a POST. Whoever knows the chat's id and its key is the customer; a wrong key and an unknown chat get the same
/// answer. Source: "ChatAPIv2", "APIResponses".
/// </remarks>
internal sealed class GmsChat(
    Reception reception, GmsOperations operations, IdleControl idle, CustomersOptions options)
{
    public static void Map(IEndpointRouteBuilder routes, GmsChat door, CustomersOptions options)
    {
        foreach (var prefix in options.Prefixes) Map(routes, prefix, door);
    }

    private static void Map(IEndpointRouteBuilder routes, string prefix, GmsChat door)
    {
        var root = routes.MapGroup($"/{prefix}/2/chat/{{service}}")
            .WithTags(GmsDescription.Tag).WithMetadata(new GmsRefusals())
            .Asks("service", "The chat service, one that the contact centre's file names.")
            .Asks("chat", "The chat's id, from the answer that began it.");
        root.MapPost("", (string service, HttpContext context) => door.Create(service, context))
            .WithSummary("Begins a chat; the answer brings its id and its key and does not wait for an agent.")
            .Takes(GmsDescription.Request).Answers(GmsDescription.Done);
        root.MapPost("/{chat}/{**operation}", (string service, string chat, HttpContext context, string operation = "") =>
            door.Operate(service, chat, operation.TrimEnd('/'), context)).Serves(GmsDescription.Operations)
            .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning);
    }

    /// <summary>Begins a chat; the answer brings the keys and does not wait for an agent.</summary>
    private async Task<GmsAnswer> Create(string service, HttpContext context)
    {
        var (fields, unreadable) = await DoorFields.Read(context.Request, options);
        if (fields is null) return GmsAnswer.Wrong(DoorError.Malformed(unreadable!, "Correct the request body."));
        var admission = await reception.Admit(service, fields, Door.Gms, Caller.Of(context));
        return admission.Chat is { } chat
            ? GmsAnswer.Done(chat, admission.Key, GmsTranscript.From(chat, 1, options), idleSeconds: null)
            : GmsAnswer.Wrong(admission.Refused!);
    }

    private async Task<GmsAnswer> Operate(string service, string id, string operation, HttpContext context)
    {
        try
        {
            return await OperateOnce(service, id, operation, context);
        }
        catch (LogUnavailableException)
        {
            return GmsAnswer.TryAgain(id);
        }
    }

    private async Task<GmsAnswer> OperateOnce(string service, string id, string operation, HttpContext context)
    {
        var (fields, unreadable) = await DoorFields.Read(context.Request, options);
        if (fields is null) return GmsAnswer.Wrong(DoorError.Malformed(unreadable!, "Correct the request body."), id);
        var key = fields["secureKey"];
        var (chat, refused) = await reception.Enter(new ChatId(id), key, Door.Gms, Caller.Of(context), service);
        if (refused is not null) return GmsAnswer.Wrong(refused, id);
        var isOver = chat is { CustomerPresent: false } && operation is not ("refresh" or "disconnect");
        if (chat is null || chat.Service != service || isOver) return GmsAnswer.Gone(id, options.WhenGone);

        var (position, wrong) = GmsTranscript.PositionOf(fields["transcriptPosition"]);
        if (wrong is not null) return GmsAnswer.Wrong(wrong, id);
        var (idempotencyKey, badKey) = IdempotencyKey.Of(context.Request, GmsOperations.ContentOf(operation, fields));
        if (badKey is not null) return GmsAnswer.Wrong(DoorError.Malformed(badKey.Message, "Correct the header."), id);
        if (operation == "refresh") return await Refresh(chat, key!, position ?? 1, fields);
        if (operation == "disconnect") return await Disconnect(chat, key!, position);

        var (asked, flaw) = operations.Read(operation, chat, fields);
        if (flaw is not null) return GmsAnswer.Wrong(flaw, id);
        return asked is null
            ? Answer(chat, key!, position)
            : await Run(chat, key!, position, asked, new Asked(Key: idempotencyKey));
    }

    /// <summary>Reads on; what stands in the input box is shown to agents where the service does so.</summary>
    private async Task<GmsAnswer> Refresh(Chat chat, string key, int position, DoorFields fields)
    {
        if (operations.Glimpse(chat, fields) is { } glimpse && await reception.Run(chat, glimpse) is { Refused: null } seen)
            chat = seen.Chat;
        return Answer(chat, key, position);
    }

    /// <summary>The customer leaves; the answer brings the last events, and asking again the same answer.</summary>
    private async Task<GmsAnswer> Disconnect(Chat chat, string key, int? position)
    {
        if (await reception.Leave(chat) is not { } left) return GmsAnswer.TryAgain(chat.Id.Value);
        var end = Audience.EntriesForCustomer(left).LastOrDefault(e => e.Quit is not null);
        return Answer(left, key, position ?? end?.Index);
    }

    private async Task<GmsAnswer> Run(Chat chat, string key, int? position, CustomerOperation operation, Asked asked)
    {
        var outcome = await reception.Run(chat, operation, asked);
        return GmsAnswer.Refused(outcome, chat.Id.Value, options.WhenGone) ?? Answer(outcome.Chat, key, position);
    }

    private GmsAnswer Answer(Chat chat, string key, int? position) =>
        GmsAnswer.Done(
            chat, key, position is { } from ? GmsTranscript.From(chat, from, options) : GmsTranscript.None,
            idle.SecondsLeft(chat));
}
