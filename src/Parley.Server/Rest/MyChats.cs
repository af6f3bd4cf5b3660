using System.Globalization;
using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Files;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/me/chats</c>: the signed-in agent's chats; <c>/api/v2/chats/{id}</c>, a chat's own address, is the same.
/// </summary>
/// <remarks>
/// A chat that is not, or no longer, the agent's answers as if it did not exist; supervisors may also read those of the agents
/// they are responsible for. Source: "Chat Resource".
/// </remarks>
internal static class MyChats
{
    public static void MapMyChats(this IEndpointRouteBuilder api)
    {
        var chats = api.MapGroup("").WithTags("Chats").RequireChat();
        chats.MapGet("/me/chats", List).Answers(Answer.Collection("chats", ChatJson.Default.ChatResource));
        Map(chats, "/me/chats/{id}", Reach.Own);
        Map(chats, "/chats/{id}", Reach.Supervised);
    }

    private static void Map(RouteGroupBuilder chats, string root, Reach reach)
    {
        chats.MapGet(root, (
                string id, SignedInUser me, ChatHost host, Responsibility responsibility, Links links, Fields fields) =>
            Read(id, new ChatReader(me, reach, responsibility), host, links, fields))
            .WithSummary("One chat as the agent sees it.").Asks("id", "The chat's id.")
            .Answers(Answer.Chosen("chat", ChatJson.Default.ChatResource));
        chats.MapGet(root + "/messages", (
                string id, SignedInUser me, ChatHost host, Responsibility responsibility, Links links, WireStyle style,
                string? startIndex = null, string? count = null) =>
            Messages(id, new ChatReader(me, reach, responsibility), host, links, style, startIndex, count))
            .WithSummary("The entries that the agent may read.").Asks("id", "The chat's id.")
            .Asks("startIndex", "The index to begin with, a whole number; 1 if absent.")
            .Asks("count", "The most entries to answer, a whole number; all if absent.")
            .Answers(Answer.All("messages", ChatJson.Default.MessageResource));
        chats.MapGet(root + "/files/{fileId}", (
                string id, string fileId, SignedInUser me, ChatHost host, Responsibility responsibility, FileStore files) =>
            File(id, fileId, new ChatReader(me, reach, responsibility), host, files))
            .WithSummary("The content of a file in the chat.").Asks("id", "The chat's id.")
            .Asks("fileId", "The file's id, from `userData` of a message.")
            .Answers(Answer.Content);
        chats.MapPost(root, Operate).Takes(OperationBodies.OfChats).Answers(OperationBodies.OfChatsAnswer)
            .Heeds(IdempotencyKey.Header, IdempotencyKey.Meaning);
    }

    /// <summary>
    /// The agent's chats, oldest first. <c>{"statusCode":0,"uris":[…]}</c>, or with fields <c>{"statusCode":0,"chats":[{…}]}</c>.
    /// </summary>
    private static ApiAnswer List(SignedInUser me, AgentDesk desk, Links links, Fields fields) => fields.Collection(
        "chats", [.. desk.ChatsOf(me.Id).Select(view => ChatResource.Of(view, links))], ChatJson.Default.ChatResource,
        c => c.Uri);

    private static async Task<ApiAnswer> Read(string id, ChatReader reader, ChatHost chats, Links links, Fields fields) =>
        await chats.Find(new ChatId(id)) is { } chat && reader.ViewOf(chat) is { } view
            ? fields.Single("chat", ChatResource.Of(view, links), ChatJson.Default.ChatResource)
            : NotFound(id);

    /// <summary>The entries that the agent may read. From <c>startIndex</c> on, at most <c>count</c> of them.</summary>
    /// <param name="id">The chat's id.</param>
    /// <param name="startIndex">The index to begin with, a whole number; 1 if absent.</param>
    /// <param name="count">The most entries to answer, a whole number; all if absent.</param>
    private static async Task<ApiAnswer> Messages(
        string id, ChatReader reader, ChatHost chats, Links links, WireStyle style, string? startIndex, string? count)
    {
        if (await chats.Find(new ChatId(id)) is not { } chat || reader.ViewOf(chat) is null) return NotFound(id);
        if (!TryNumber(startIndex, 1, out var start)) return Malformed("startIndex");
        if (!TryNumber(count, int.MaxValue, out var most)) return Malformed("count");
        return ApiAnswer.With(writer =>
        {
            writer.WriteStartArray("messages"u8);
            foreach (var entry in reader.EntriesOf(chat, start).Take(most))
                System.Text.Json.JsonSerializer.Serialize(
                    writer, MessageResource.Of(entry, links, style), ChatJson.Default.MessageResource);
            writer.WriteEndArray();
        });
    }

    /// <summary>The content of a file, for whoever may read the message that brought it, while it is in the chat.</summary>
    private static async Task<IResult> File(string id, string fileId, ChatReader reader, ChatHost chats, FileStore files)
    {
        if (await chats.Find(new ChatId(id)) is not { } chat || reader.ViewOf(chat) is null) return NotFound(id);
        if (!reader.EntriesOf(chat, 1).Any(e => e.File?.Id == fileId) || !chat.Files.TryGetValue(fileId, out var file))
            return ApiAnswer.Refused(Reason.NotFound, $"File {fileId} was not found.");
        return await files.Open(chat.Id, file) is { } content
            ? new FileDownload(content, file.Name, file.MediaType)
            : ApiAnswer.Refused(Reason.Unavailable, "The file cannot be read at present; try again.");
    }

    /// <summary>
    /// Does something with a chat. <c>POST {"operationName":"Leave"}</c> answers <c>{"statusCode":0}</c> once the outcome is
    /// durable; what changed follows as a ChatStateChangeMessage.
    /// </summary>
    /// <param name="id">The chat's id.</param>
    private static async Task<ApiAnswer> Operate(
        string id, RequestBody body, SignedInUser me, ChatOperations operations, AgentDesk desk, ChatsOptions options,
        HttpRequest request)
    {
        var (operation, unreadable) = operations.Read(me, body);
        if (operation is null) return ApiAnswer.Refused(unreadable!);
        var outcome = await desk.Execute(new ChatId(id), operation, request, body.Root.GetRawText());
        return ChatReply.To(operation, outcome, options);
    }

    private static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static ApiAnswer Malformed(string parameter) =>
        ApiAnswer.Refused(Reason.InvalidInState, $"Parameter '{parameter}' must be a whole number, 0 or more.");

    private static ApiAnswer NotFound(string id) => ApiAnswer.Refused(Reason.NotFound, $"Chat {id} was not found.");
}
