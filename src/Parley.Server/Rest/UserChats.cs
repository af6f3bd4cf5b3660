using System.Collections.Immutable;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/users/{userId}/chats</c>: an agent's chats as its supervisors see them, and the way in.</summary>
/// <remarks>
/// A user for whom the caller is not responsible answers as if there were none. What was done is stored with who asked for it.
/// Source: GetAgentInteractions; "ChatIntrude".
/// </remarks>
internal sealed partial class UserChats(
    ContactCenter center, Responsibility responsibility, ChatSupervision supervision, AgentDesk desk, ChatHost chats,
    TransferTargets targets, ILogger<UserChats> log)
{
    public static void Map(IEndpointRouteBuilder api, UserChats users)
    {
        var group = api.MapGroup("/users/{userId}/chats").RequireChat().WithTags("Supervision").Asks("userId", "The agent's id.");
        group.MapGet("", (string userId, SignedInUser me, Links links, Fields fields) =>
            users.List(new AgentId(userId), me, links, fields))
            .WithSummary("An agent's chats, with the caller's own capabilities.")
            .Answers(Answer.Collection("chats", ChatJson.Default.ChatResource));
        group.MapPost("/{chatId}", (string userId, string chatId, RequestBody body, SignedInUser me, HttpContext context) =>
                users.Operate(new AgentId(userId), new ChatId(chatId), body, me, context))
            .RequireRole(Role.Supervisor).RequireFeature(Feature.SupervisorMonitoring)
            .WithSummary("Enters a chat that is going on.").Asks("chatId", "The chat's id.")
            .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning)
            .Takes(OperationBodies.OfUserChats).Answers(Answer.Nothing);
    }

    /// <summary>
    /// The user's chats, as far as the caller may see them: all of its own, and of those it is responsible for. The capabilities
    /// are the caller's, who may Intrude where it does not take part.
    /// </summary>
    public IReadOnlyList<ChatView> ChatsOf(AgentId user, SignedInUser me) =>
        user == me.Id ? [.. desk.ChatsOf(user)]
        : IsResponsible(me, user)
            ? [.. desk.ChatsWith(user).Select(chat => ChatView.Over(chat, user, me.Id, WaysIn(me))).OfType<ChatView>()]
        : [];

    /// <summary>What the endpoint above demands for entering a chat.</summary>
    private ImmutableArray<string> WaysIn(SignedInUser me) =>
        me.Is(Role.Supervisor) && center.Has(Feature.SupervisorMonitoring) ? [nameof(Intrude)] : [];

    private bool IsResponsible(SignedInUser me, AgentId id) =>
        center.Users.ById(id) is { } user && responsibility.Covers(me.User, user);

    private ApiAnswer List(AgentId id, SignedInUser me, Links links, Fields fields)
    {
        if (id != me.Id && !Responsibility.IsBorneBy(me.User))
            return ApiAnswer.Refused(Reason.NotPermitted, "The role Supervisor is required to see the chats of others.");
        if (id != me.Id && !IsResponsible(me, id)) return NotFound(id);
        return fields.Collection(
            "chats", [.. ChatsOf(id, me).Select(view => ChatResource.Of(view, links))], ChatJson.Default.ChatResource,
            chat => chat.Uri);
    }

    private async Task<ApiAnswer> Operate(AgentId id, ChatId chat, RequestBody body, SignedInUser me, HttpContext context)
    {
        if (!IsResponsible(me, id)) return NotFound(id);
        var name = body.RequiredText("operationName");
        if (body.Refused is { } unnamed) return ApiAnswer.Refused(unnamed);
        if (name != nameof(Intrude))
            return ApiAnswer.Refused(Reason.InvalidInState, "The value of 'operationName' must be 'Intrude'.");
        var (role, refused) = supervision.Mood(id, me, body);
        if (refused is not null) return ApiAnswer.Refused(refused);
        var (key, badKey) = IdempotencyKey.Of(context.Request, body.Root.GetRawText());
        if (badKey is not null) return ApiAnswer.Refused(badKey);

        var outcome = await chats.Execute(chat, new Intrude(me.Id, id, role!.Value, targets.Until), new Asked(me.Id, key));
        if (outcome.Refused is null) LogUse(me.Id, role.Value, chat, id);
        return ApiAnswer.From(outcome.Refused);
    }

    private static ApiAnswer NotFound(AgentId id) => ApiAnswer.Refused(Reason.NotFound, $"User {id} was not found.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Supervisor} asked to {Role} chat {Chat} of {User}")]
    private partial void LogUse(AgentId supervisor, ChatRole role, ChatId chat, AgentId user);
}
