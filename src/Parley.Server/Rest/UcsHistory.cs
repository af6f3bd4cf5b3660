using System.Text.Json;
using Parley.Contacts;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.History;
using Parley.Server.Hosting;
using Parley.Server.Notifications;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/ucs</c>: the history of chats, all of them or one contact's, and what was said in each.
/// </summary>
/// <remarks>
/// The answer says that the question was taken and gives it a number; what was asked for is told on <c>/v2/ucs/interactions</c>
/// with that number. With <c>"async": false</c> it is in the answer. Supervisors and administrators see all chats, agents those
/// of
/// contacts and their own. Source: CHGetInteractions; CHGetContactInteractions; CHGetInteractionContent.
/// </remarks>
internal sealed class UcsHistory(
    HistoryParameters read, HistoryQuestions questions, PastChats chats, Folds<Contact, ContactEvent> contacts, CommandLog log,
    ContactCenter center, WireStyle style)
{
    private const int LongestId = 64;

    public static void Map(IEndpointRouteBuilder api, UcsHistory history)
    {
        var ucs = api.MapGroup("/ucs").WithTags("History");
        ucs.MapPost("/interactions", (RequestBody body, SignedInUser me, HttpContext context) =>
                history.RetrieveInteractionHistory(body, me, context))
            .RequireFeature(Feature.MultimediaChat).WithSummary("The chats of a span of time that fit what is asked for.")
            .Takes(OperationBodies.OfHistory).Answers(HistoryDescription.Chats);
        ucs.MapPost("/contacts/{id}/interactions", (string id, RequestBody body, SignedInUser me, HttpContext context) =>
                history.RetrieveContactHistory(id, body, me, context))
            .RequireFeature(Feature.MultimediaChat).WithSummary("The chats of one contact.").Asks("id", "The contact's id.")
            .Takes(OperationBodies.OfContactHistory).Answers(HistoryDescription.Chats);
        ucs.MapPost("/interactions/{id}", (string id, RequestBody body, SignedInUser me, Links links) =>
                history.GetInteractionContent(id, body, me, links))
            .RequireFeature(Feature.Multimedia).WithSummary("One chat and what was said in it.").Asks("id", "The chat's id.")
            .Takes(OperationBodies.OfHistoryContent).Answers(HistoryDescription.Content);
    }

    private Task<ApiAnswer> RetrieveInteractionHistory(RequestBody body, SignedInUser me, HttpContext context)
    {
        DemandName(body, nameof(RetrieveInteractionHistory));
        return Find(body, me, context, null);
    }

    private async Task<ApiAnswer> RetrieveContactHistory(string id, RequestBody body, SignedInUser me, HttpContext context)
    {
        DemandName(body, nameof(RetrieveContactHistory));
        if (body.Refused is { } unnamed) return ApiAnswer.Refused(unnamed);
        return IsId(id) && (await contacts.Read(id)).State.Exists
            ? await Find(body, me, context, new ContactId(id))
            : ApiAnswer.Refused(Reason.NotFound, $"Contact {id} was not found.");
    }

    private async Task<ApiAnswer> GetInteractionContent(string id, RequestBody body, SignedInUser me, Links links)
    {
        DemandName(body, nameof(GetInteractionContent));
        var names = read.Names(body);
        var isAwaited = body.Switch("async") == false;
        if (body.Refused is { } refused) return ApiAnswer.Refused(refused);
        var past = IsId(id) ? await chats.Read(new ChatId(id)) : null;
        if (past is null || !HistoryAccess.IsTo(past, me.User))
            return ApiAnswer.Refused(Reason.NotFound, $"Interaction {id} was not found.");
        return isAwaited
            ? Shown(GetInteractionContentMessage.Of(
                new HistoryQuestion(me.Id, 0) { Attributes = names }, past, me.User, center, links, style))
            : await Ask(new HistoryQuestion(me.Id, log.NextReference(me.Id)) { Chat = past.Record.Chat, Attributes = names });
    }

    private async Task<ApiAnswer> Find(RequestBody body, SignedInUser me, HttpContext context, ContactId? contact)
    {
        var query = read.Query(me, body, contact);
        var names = read.Names(body);
        var isAwaited = body.Switch("async") == false;
        if (body.Refused is { } refused) return ApiAnswer.Refused(refused);
        if (!isAwaited)
            return await Ask(new HistoryQuestion(me.Id, log.NextReference(me.Id)) { Query = query, Attributes = names });
        var (found, failed) = await chats.Find(query, context.RequestAborted);
        return found is null
            ? ApiAnswer.Refused(failed!)
            : Shown(GetInteractionsHistoryMessage.Of(
                new HistoryQuestion(me.Id, 0) { Attributes = names }, found, center, Links.Of(context)));
    }

    private async Task<ApiAnswer> Ask(HistoryQuestion question) => await questions.Ask(question) is { } refused
        ? ApiAnswer.Refused(refused)
        : ApiAnswer.With(answer => answer.WriteNumber("referenceId"u8, question.ReferenceId));

    private static ApiAnswer Shown(GetInteractionsHistoryMessage told) => ApiAnswer.With(answer =>
    {
        answer.WriteNumber("totalCount"u8, told.TotalCount!.Value);
        if (told.IsComplete is { } isComplete) answer.WriteBoolean("isComplete"u8, isComplete);
        answer.WriteStartArray("interactions"u8);
        foreach (var interaction in told.Interactions!)
            JsonSerializer.Serialize(answer, interaction, ChatJson.Default.PastInteractionResource);
        answer.WriteEndArray();
    });

    private static ApiAnswer Shown(GetInteractionContentMessage told) => ApiAnswer.With(answer =>
    {
        answer.WritePropertyName("interaction"u8);
        JsonSerializer.Serialize(answer, told.Interaction!, ChatJson.Default.PastInteractionResource);
        answer.WriteStartArray("messages"u8);
        foreach (var message in told.Messages!) JsonSerializer.Serialize(answer, message, ChatJson.Default.MessageResource);
        answer.WriteEndArray();
    });

    private static void DemandName(RequestBody body, string operation)
    {
        var name = body.RequiredText("operationName");
        if (name != operation && name.Length > 0)
            body.Refuse(Reason.InvalidInState, $"The value of 'operationName' must be '{operation}'.");
    }

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(char.IsAsciiLetterOrDigit);
}
