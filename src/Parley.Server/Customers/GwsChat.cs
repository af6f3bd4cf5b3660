using System.Globalization;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Customers;

/// <summary><c>/api/v2/chats</c>: door A, customers over GWS Customer Chat.</summary>
/// <remarks>
/// Nobody signs in: whoever knows the chat's id, a GUID that leads to no other id, is the customer, whatever credentials come
/// along. What is no GUID at this address is the agents'. Customers poll for the state and for messages.
/// Source: "CustomerChatGeneral", "CustomerChatRequestChat", "CustomerChatGetChat", "CustomerChatGetMessages".
/// </remarks>
internal sealed class GwsChat(
    Reception reception, ContactCenter center, CustomersOptions options, WireStyle style)
{
    private const string Root = Api.Base + "/chats";
    private const string ContactCenterHeader = "ContactCenterId";

    private static readonly string[] Operations =
        ["SendMessage", "SendStartTypingNotification", "SendStopTypingNotification", "Complete"];

    public static void Map(IEndpointRouteBuilder routes, GwsChat door)
    {
        var root = routes.MapGroup(Root).WithTags(GwsDescription.Tag).WithMetadata(new GwsRefusals())
            .Asks("id", "The chat's id: a GUID is the customer's, from the answer that began the chat; others are the agents'.");
        // a lambda would be taken for one that writes its answer itself
        Func<HttpContext, Task<ApiAnswer>> create = context => door.Answered(context, door.Create);
        root.MapPost("", create)
            .WithSummary("Begins a chat; the answer brings its id and does not wait for an agent.")
            .Takes(GwsDescription.Request).Answers(GwsDescription.Begun);
        root.MapGet("/{id:guid}", (string id, HttpContext context) => door.Answered(context, c => door.Read(id, c)))
            .WithSummary("With a GUID: the state of the customer's chat.").Answers(GwsDescription.Chat);
        root.MapPost("/{id:guid}", (string id, HttpContext context) => door.Answered(context, c => door.Operate(id, c)))
            .WithSummary("With a GUID: the customer says something, types or leaves.")
            .Takes(GwsDescription.Operation).Answers(Answer.Nothing)
            .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning);
        root.MapGet("/{id:guid}/messages", (string id, HttpContext context, string? index = null) =>
            door.Answered(context, c => door.Messages(id, index, c)))
            .WithSummary("With a GUID: what the customer has not read yet.")
            .Asks("index", "The index to begin with, a whole number; if absent, where the last request without it ended.")
            .Answers(GwsDescription.Messages);
    }

    /// <summary>Whether the path belongs to this door and not to the agents.</summary>
    public static bool Owns(PathString path)
    {
        if (!path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase, out var rest)) return false;
        var id = rest.Value?.Trim('/').Split('/')[0] ?? "";
        return id.Length == 0 || Guid.TryParse(id, out _);
    }

    private async Task<ApiAnswer> Answered(HttpContext context, Func<HttpContext, Task<ApiAnswer>> answer)
    {
        if (!center.Has(Feature.MultimediaChat))
            return ApiAnswer.Refused(Reason.NotPermitted, $"The feature {Feature.MultimediaChat} is required.");
        return context.Request.Headers[ContactCenterHeader] is [{ Length: > 0 } other]
            && !other.Equals(center.Id, StringComparison.OrdinalIgnoreCase)
            ? ApiAnswer.Refused(Reason.NotFound, "There is no such contact centre; correct the header ContactCenterId.")
            : await answer(context);
    }

    /// <summary><c>{"statusCode":0,"id":"7c9d…","path":"/api/v2/chats/7c9d…"}</c>; this path has the base before it.</summary>
    private async Task<ApiAnswer> Create(HttpContext context)
    {
        var (fields, unreadable) = await DoorFields.ReadJson(context.Request, options);
        if (fields is null) return ApiAnswer.Refused(Reason.InvalidInState, unreadable!);
        if (fields["operationName"] is not { } operation) return WithoutOperation;
        if (operation != "RequestChat") return Unknown;
        if (Introduction.Clean(fields["nickname"]) is null)
            return ApiAnswer.Refused(Reason.ParameterMissing, "Parameter 'nickname' is required.");

        var admission = await reception.Admit(options.GwsService, fields, Door.Gws, Caller.Of(context));
        return admission.Refused is { } refused ? Refused(refused) : ApiAnswer.With(json =>
        {
            json.WriteString("id"u8, admission.Key);
            json.WriteString("path"u8, $"{Root}/{admission.Key}");
        });
    }

    private async Task<ApiAnswer> Operate(string id, HttpContext context)
    {
        var (fields, unreadable) = await DoorFields.ReadJson(context.Request, options);
        if (fields is null) return ApiAnswer.Refused(Reason.InvalidInState, unreadable!);
        var (chat, refused) = await Enter(id, context);
        if (chat is null) return refused!;
        if (fields["operationName"] is not { } name)
            return ApiAnswer.Refused(Reason.ParameterMissing, "Parameter 'operationName' is required.");
        if (!Operations.Contains(name)) return Unknown;
        if (name == "Complete")
            return await reception.Leave(chat) is null
                ? ApiAnswer.Refused(Reason.Unavailable, "The server cannot store anything at present; try again.")
                : ApiAnswer.Ok;
        if (!chat.CustomerPresent)
            return ApiAnswer.Refused(Reason.InvalidInState, $"Operation '{name}' is not available in state 'Idle'.");
        var (operation, wrong) = Said(name, fields, chat);
        if (wrong is not null) return Refused(wrong);
        var (key, badKey) = IdempotencyKey.Of(context.Request, $"{name}\0{fields["text"]}");
        if (badKey is not null) return ApiAnswer.Refused(badKey);
        return ApiAnswer.From((await reception.Run(chat, operation!, new Asked(Key: key))).Refused);
    }

    private (CustomerOperation? Operation, DoorError? Wrong) Said(string name, DoorFields fields, Chat chat)
    {
        var text = fields["text"];
        if (name == "SendStartTypingNotification")
            return (new CustomerType(Typing.Started, reception.PreviewOf(chat, text)), null);
        if (name == "SendStopTypingNotification") return (new CustomerType(Typing.Stopped), null);
        if (text is null) return (null, DoorError.MessageEmpty);
        return text.Length > options.MaxMessageLength
            ? (null, DoorError.MessageTooLong(options.MaxMessageLength))
            : (new CustomerSend(text), null);
    }

    /// <summary>
    /// <c>{"statusCode":0,"chat":{"capabilities":[…],"id":"7c9d…","participants":[…],"state":"Chatting"}}</c>; the state is
    /// WaitingForAgent, Chatting, or Idle once the chat is over for the customer.
    /// </summary>
    private async Task<ApiAnswer> Read(string id, HttpContext context)
    {
        var (chat, refused) = await Enter(id, context);
        return chat is null ? refused! : ApiAnswer.With(json =>
        {
            var present = chat.CustomerPresent ? Audience.ParticipantsFor(Clearance.Customer, chat) : [];
            json.WriteStartObject("chat"u8);
            json.WriteStartArray("capabilities"u8);
            foreach (var operation in chat.CustomerPresent ? Operations : []) json.WriteStringValue(operation);
            json.WriteEndArray();
            json.WriteString("id"u8, id);
            json.WriteStartArray("participants"u8);
            foreach (var party in present) GwsMessages.WriteParty(json, party);
            json.WriteEndArray();
            json.WriteString("state"u8, StateOf(chat, present.Any(p => p.Kind != PartyKind.Customer)));
            json.WriteEndObject();
        });
    }

    private async Task<ApiAnswer> Messages(string id, string? index, HttpContext context)
    {
        if (!TryIndex(index, out var from))
            return ApiAnswer.Refused(Reason.OutOfRange, "Parameter 'index' must be a whole number, 0 or more.");
        var (chat, refused) = await Enter(id, context, orEmpty: true);
        if (chat is null) return refused!;
        var (entries, isEnd) = from is { } first
            ? ([.. GwsMessages.Readable(chat, first)], false)
            : await reception.Deliver(chat, GwsMessages.Readable);
        return ApiAnswer.With(json =>
        {
            json.WriteStartArray("messages"u8);
            foreach (var entry in entries) GwsMessages.Write(json, entry, style);
            if (isEnd) GwsMessages.WriteSaved(json, chat, style);
            json.WriteEndArray();
        });
    }

    private async ValueTask<(Chat? Chat, ApiAnswer? Refused)> Enter(string id, HttpContext context, bool orEmpty = false)
    {
        try
        {
            var key = Guid.Parse(id).ToString("D");
            var (chat, error) = await reception.Enter(CustomerKeys.ChatIdOf(key), key, Door.Gws, Caller.Of(context));
            return (chat, chat is not null ? null : Refused(error ?? DoorError.ChatNotFound));
        }
        catch (LogUnavailableException) when (orEmpty)
        {
            // K21: a page that is answered anything but 200 once polls no more; who looks at headers can tell it from silence
            context.Response.Headers.RetryAfter = "1";
            return (null, ApiAnswer.With(json =>
            {
                json.WriteStartArray("messages"u8);
                json.WriteEndArray();
            }));
        }
    }

    private static string StateOf(Chat chat, bool isServed) =>
        !chat.CustomerPresent ? "Idle" : isServed ? "Chatting" : "WaitingForAgent";

    private static bool TryIndex(string? text, out int? index)
    {
        index = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        index = number;
        return true;
    }

    private static ApiAnswer WithoutOperation { get; } = ApiAnswer.Refused(
        Reason.NotFound, "Begin a chat with the operationName RequestChat; eServices Chat, which has none, is not offered.");

    private static ApiAnswer Unknown { get; } = ApiAnswer.Refused(
        Reason.OutOfRange, "The value of 'operationName' is not an operation of a customer's chat.");

    private static ApiAnswer Refused(DoorError error) => error.HttpStatus == StatusCodes.Status429TooManyRequests
        ? ApiAnswer.OfHttp(error.HttpStatus, $"{error.Message} {error.Advice}")
        : ApiAnswer.Refused(error.Reason, $"{error.Message} {error.Advice}");
}
