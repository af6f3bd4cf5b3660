using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/me/interactions</c> and <c>/me/interactions</c>: the signed-in agent's chats as the first release had them
/// (Quirk 15). An interaction has the id of its chat.
/// </summary>
/// <remarks>Source: "Interactions On Chat Channel"; InteractionsAPIOperations.</remarks>
internal static class MyInteractions
{
    public static void MapMyInteractions(this IEndpointRouteBuilder api)
    {
        var interactions = api.MapGroup(Api.OlderInteractions).RequireChat();
        interactions.MapPost("/{id}", Operate);
    }

    /// <summary>
    /// <c>POST {"operationName":"RequestChatHistory"}</c> answers <c>{"statusCode":0}</c> once the outcome is durable; what
    /// changed follows as a notification.
    /// </summary>
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
