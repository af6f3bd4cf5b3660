using System.Globalization;

namespace Parley.Server.Customers;

/// <summary>An error of GMS Chat. The numbers below 9000 are those that widgets know; the others are Parley's own.</summary>
/// <remarks>
/// Errors are HTTP 400 wherever a person is to read them: the widget shows nothing for most other statuses.
/// Source: "APIResponses", and what published widgets look for.
/// </remarks>
internal sealed record GmsError(int Code, string Message, string Advice, int HttpStatus = StatusCodes.Status400BadRequest)
{
    public static readonly GmsError NameRequired = new(161, "A name is required.", "Send nickname, or firstName and lastName.");
    public static readonly GmsError EmailInvalid =
        new(364, "The e-mail address is not valid.", "Correct emailAddress or leave it out.");
    public static readonly GmsError CannotStart = new(240, "A chat cannot be started now.", "Try again in a minute.");
    public static readonly GmsError MessageEmpty = new(9001, "The message is empty.", "Send message.");
    public static readonly GmsError NotOffered =
        new(9005, "This operation is not offered.", "Use send, refresh, startTyping, stopTyping or disconnect.");
    public static readonly GmsError ChatNotFound = new(404, "The chat was not found or has ended.", "Start a new chat.");

    public static readonly GmsError ServiceUnknown =
        new(306, "There is no such chat service.", "Correct the service name in the address.", StatusCodes.Status404NotFound);

    public static readonly GmsError TooManyRequests =
        new(503, "Too many requests.", "Ask less often.", StatusCodes.Status429TooManyRequests);

    public static GmsError MessageTooLong(int limit) =>
        new(204, "The message is too long.", limit.ToString(CultureInfo.InvariantCulture));

    public static GmsError Malformed(string message, string advice) => new(9002, message, advice);
}
