using Parley.Chats.Operations;
using Parley.Server.Hosting;

namespace Parley.Server.Rest.Wire;

/// <summary>The answer to an operation on a chat: the outcome of the request, not yet what becomes of it.</summary>
internal static class ChatReply
{
    /// <summary>
    /// <c>{"statusCode":0}</c>; with a <c>referenceId</c> where a colleague is asked for help, and where the settings say so.
    /// </summary>
    public static ApiAnswer To(AgentOperation operation, Outcome outcome, ChatsOptions options)
    {
        if (outcome.Refused is { } refused) return ApiAnswer.Refused(refused);
        var reference = operation is CallForHelp || options.ReferenceIdInResponses ? outcome.ReferenceId : null;
        // Quirk 4: the page of Reject prints "status", every client asks for "statusCode".
        return operation is Reject ? Twice(reference) : ApiAnswer.With(writer => Write(writer, reference));
    }

    /// <summary>
    /// <c>{"statusCode":0,"status":0}</c>, and a refusal in the same way, for clients of either page (Quirk 4).
    /// </summary>
    public static ApiAnswer Twice(Outcome outcome, ChatsOptions options) => outcome.Refused is { } refused
        ? ApiAnswer.RefusedTwice(refused)
        : Twice(options.ReferenceIdInResponses ? outcome.ReferenceId : null);

    private static ApiAnswer Twice(int? reference) => ApiAnswer.With(writer =>
    {
        Write(writer, reference);
        writer.WriteNumber("status"u8, 0);
    });

    private static void Write(System.Text.Json.Utf8JsonWriter writer, int? reference)
    {
        if (reference is { } number) writer.WriteNumber("referenceId"u8, number);
    }
}
