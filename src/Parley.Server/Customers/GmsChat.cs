using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary><c>/genesys/2/chat/{service}</c>: customers over GMS Chat Version 2, REST.</summary>
/// <remarks>
/// Everything is a POST. Whoever knows the chat's id and its key is the customer; a wrong key and an unknown chat get the same
/// answer. Source: "ChatAPIv2", "APIResponses".
/// </remarks>
internal sealed class GmsChat(
    ChatHost chats, ContactCenter center, CustomerPresence presence, CustomerLimits limits, CustomersOptions options,
    RoutingOptions routing, TimeProvider time)
{
    /// <summary>The service that customers get who name one that is not there, where the centre has it.</summary>
    private const string CatchAll = "chat";

    public static void Map(IEndpointRouteBuilder routes, GmsChat door, CustomersOptions options)
    {
        var root = routes.MapGroup($"/{options.Prefix}/2/chat/{{service}}")
            .WithTags(GmsDescription.Tag).WithMetadata(new GmsRefusals())
            .Asks("service", "The chat service, one that the contact centre's file names.")
            .Asks("chat", "The chat's id, from the answer that began it.")
            .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning);
        root.MapPost("", (string service, HttpContext context) => door.Create(service, context))
            .WithSummary("Begins a chat; the answer brings its id and its key and does not wait for an agent.")
            .Takes(GmsDescription.Request).Answers(GmsDescription.Done);
        root.MapPost("/{chat}/{**operation}", (string service, string chat, string operation, HttpContext context) =>
            door.Operate(service, chat, operation, context)).Serves(GmsDescription.Operations);
    }

    /// <summary>Begins a chat; the answer brings the keys and does not wait for an agent.</summary>
    private async Task<IResult> Create(string service, HttpContext context)
    {
        if ((center.Services.GetValueOrDefault(service) ?? center.Services.GetValueOrDefault(CatchAll)) is not { } queue)
            return GmsAnswer.Wrong(GmsError.ServiceUnknown);
        if (!limits.AllowsCreate(context) || chats.OpenCount >= options.MaxOpenChats)
            return GmsAnswer.Wrong(GmsError.CannotStart);
        var (fields, unreadable) = await GmsFields.Read(context.Request, options);
        if (fields is null) return GmsAnswer.Wrong(GmsError.Malformed(unreadable!, "Correct the request body."));
        var (request, error) = GmsChatRequest.From(fields, options);
        if (request is null) return GmsAnswer.Wrong(error!);

        var key = CustomerKeys.NewKey();
        var operation = new RequestChat(
            CustomerKeys.NewChatId(), service, queue.QueueName, request.Nickname, CustomerKeys.Hash(key),
            CustomerKeys.NewUserId(),
            request.UserData, request.Text);
        var outcome = await chats.Execute(operation.Chat, operation);
        return outcome.Refused is null
            ? GmsAnswer.Done(outcome.Chat, key, GmsTranscript.From(outcome.Chat, 1, options))
            : GmsAnswer.Wrong(GmsError.CannotStart);
    }

    private async Task<IResult> Operate(string service, string id, string operation, HttpContext context)
    {
        // whoever tried too many keys is looked up no more, but the right key of a running chat still opens it
        if (!limits.AllowsAnother(context) && !chats.IsAtHand(new ChatId(id))) return GmsAnswer.Wrong(GmsError.TooManyRequests, id);
        try
        {
            return await OperateOnce(service, id, operation, context);
        }
        catch (LogUnavailableException)
        {
            return GmsAnswer.TryAgain(id);
        }
    }

    private async Task<IResult> OperateOnce(string service, string id, string operation, HttpContext context)
    {
        var (fields, unreadable) = await GmsFields.Read(context.Request, options);
        if (fields is null) return GmsAnswer.Wrong(GmsError.Malformed(unreadable!, "Correct the request body."), id);
        var key = fields["secureKey"];
        var chat = await chats.Find(new ChatId(id));
        if (!CustomerKeys.Opens(key, chat) || chat!.Service != service)
            return limits.AllowsWrongKey(context) ? GmsAnswer.Gone(id) : GmsAnswer.Wrong(GmsError.TooManyRequests, id);
        if (!limits.AllowsRequest(chat.Id)) return GmsAnswer.Wrong(GmsError.TooManyRequests, id);
        if (chat.CustomerLeftAt is { } left && left + options.EndedChatReadable <= time.GetUtcNow()) return GmsAnswer.Gone(id);

        presence.Note(chat.Id);
        var (position, wrong) = Position(fields["transcriptPosition"]);
        if (wrong is not null) return GmsAnswer.Wrong(wrong, id);
        var (idempotencyKey, badKey) = IdempotencyKey.Of(
            context.Request, string.Join('\0', operation.TrimEnd('/'), fields["messageType"], fields["message"]));
        if (badKey is not null) return GmsAnswer.Wrong(GmsError.Malformed(badKey.Message, "Correct the header."), id);
        var asked = new Asked(Key: idempotencyKey);
        return operation.TrimEnd('/') switch
        {
            "refresh" => Answer(chat, key!, position ?? 1),
            "send" => await Send(chat, key!, position, fields, asked),
            "startTyping" => await Run(chat, key!, position, new CustomerType(Typing.Started), asked),
            "stopTyping" => await Run(chat, key!, position, new CustomerType(Typing.Stopped), asked),
            "disconnect" => await Disconnect(chat, key!, position),
            _ => GmsAnswer.Wrong(GmsError.NotOffered, id),
        };
    }

    private async Task<IResult> Send(Chat chat, string key, int? position, GmsFields fields, Asked asked)
    {
        if (fields["message"] is not { } text) return GmsAnswer.Wrong(GmsError.MessageEmpty, chat.Id.Value);
        if (text.Length > options.MaxMessageLength)
            return GmsAnswer.Wrong(GmsError.MessageTooLong(options.MaxMessageLength), chat.Id.Value);
        if (fields["messageType"] is { } type && type.Length > options.MaxNameLength)
            return GmsAnswer.Wrong(
                GmsError.Malformed("messageType: too long.", $"Send at most {options.MaxNameLength} characters."), chat.Id.Value);
        return await Run(chat, key, position, new CustomerSend(text, fields["messageType"]), asked);
    }

    /// <summary>The customer leaves; the answer brings the last events, and asking again the same answer.</summary>
    private async Task<IResult> Disconnect(Chat chat, string key, int? position)
    {
        if (chat.CustomerPresent)
        {
            // to leave twice is to leave once, with or without a key
            var outcome = await chats.Execute(chat.Id, new CustomerLeave(QuitReason.Left, routing.AbandonedOffers));
            if (outcome.Refused is { Reason: Reason.Unavailable }) return GmsAnswer.TryAgain(chat.Id.Value);
            chat = outcome.Chat;
        }
        var end = Audience.EntriesForCustomer(chat).LastOrDefault(e => e.Quit is not null);
        return Answer(chat, key, position ?? end?.Index);
    }

    private async Task<IResult> Run(Chat chat, string key, int? position, CustomerOperation operation, Asked asked)
    {
        var outcome = await chats.Execute(chat.Id, operation, asked);
        return outcome.Refused switch
        {
            null => Answer(outcome.Chat, key, position),
            { Reason: Reason.Unavailable } => GmsAnswer.TryAgain(chat.Id.Value),
            { Reason: Reason.OutOfRange } full =>
                GmsAnswer.Wrong(GmsError.Malformed(full.Message, "Start a new chat."), chat.Id.Value),
            { } refused when outcome.Chat.CustomerPresent =>
                GmsAnswer.Wrong(GmsError.Malformed(refused.Message, "Correct the header."), chat.Id.Value),
            _ => GmsAnswer.Gone(chat.Id.Value),
        };
    }

    private GmsAnswer Answer(Chat chat, string key, int? position) =>
        GmsAnswer.Done(chat, key, position is { } from ? GmsTranscript.From(chat, from, options) : GmsTranscript.None);

    /// <summary>The position as number or text; null if none was given.</summary>
    private static (int? Position, GmsError? Wrong) Position(string? text)
    {
        if (text is null) return (null, null);
        return int.TryParse(text, out var position) && position >= -1
            ? (position, null)
            : (null, GmsError.Malformed("transcriptPosition is not a position.", "Send a whole number from -1 on."));
    }
}
