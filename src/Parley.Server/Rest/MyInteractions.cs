using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/me/interactions</c> and <c>/me/interactions</c>: the signed-in agent's chats as the first release had them
/// (Quirk 15). An interaction has the id of its chat.
/// </summary>
/// <remarks>Source: "Interactions On Chat Channel"; InteractionsAPIOperations.</remarks>
internal static class MyInteractions
{
    public static void MapMyInteractions(this WebApplication app, IEndpointRouteBuilder api)
    {
        foreach (var root in (IEndpointRouteBuilder[])[api, app.MapApi("")])
        {
            var interactions = root.MapGroup(Api.OlderInteractions).WithTags("Interactions").RequireChat();
            interactions.MapGet("", List).Answers(Answer.Collection("interactions", ChatJson.Default.InteractionResource));
            interactions.MapGet("/{id}", Read).Answers(One);
            interactions.MapPost("/{id}", Operate).Takes(OperationBodies.OfInteractions).Answers(OperationBodies.OfChatsAnswer)
                .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning);
        }
        api.MapGet("/interactions/{id}", Read).WithTags("Interactions").RequireChat().Answers(One);
    }

    private static Answer One => Answer.Chosen("interaction", ChatJson.Default.InteractionResource);

    /// <summary>
    /// The agent's chats, oldest first. <c>{"statusCode":0,"uris":[…]}</c>, or with fields
    /// <c>{"statusCode":0,"interactions":[{…}]}</c>.
    /// </summary>
    private static ApiAnswer List(SignedInUser me, AgentDesk desk, Links links, Fields fields) => fields.Collection(
        "interactions", [.. desk.ChatsWith(me.Id).Select(chat => InteractionResource.Of(chat, chat.Part(me.Id)!, links))],
        ChatJson.Default.InteractionResource, interaction => interaction.Uri);

    /// <summary>One chat of the agent.</summary>
    /// <param name="id">The chat's id.</param>
    private static async Task<ApiAnswer> Read(string id, SignedInUser me, ChatHost chats, Links links, Fields fields) =>
        await chats.Find(new ChatId(id)) is { } chat && chat.Part(me.Id) is { IsOver: false } part
            ? fields.Single("interaction", InteractionResource.Of(chat, part, links), ChatJson.Default.InteractionResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Interaction {id} was not found.");

    /// <summary>
    /// An operation on one of the agent's chats. <c>POST {"operationName":"RequestChatHistory"}</c> answers
    /// <c>{"statusCode":0}</c> once the outcome is durable; what changed follows as a notification.
    /// </summary>
    /// <param name="id">The chat's id.</param>
    private static async Task<ApiAnswer> Operate(
        string id, RequestBody body, SignedInUser me, InteractionOperations operations, AgentDesk desk, ChatsOptions options,
        HttpRequest request)
    {
        var (operation, unreadable) = operations.Read(me, body);
        if (operation is null) return ApiAnswer.Refused(unreadable!);
        var outcome = await desk.Execute(new ChatId(id), operation, request, body.Root.GetRawText());
        return InteractionOperations.IsAnsweredTwice(body.Text("operationName"))
            ? ChatReply.Twice(outcome, options)
            : ChatReply.To(operation, outcome, options);
    }
}
