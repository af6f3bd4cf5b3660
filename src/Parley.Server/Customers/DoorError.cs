using System.Globalization;

namespace Parley.Server.Customers;

/// <summary>
/// Why a customer's request is refused, whichever door it came through. The codes below 9000 are those that widgets know; the
/// others are Parley's own.
/// </summary>
/// <param name="Code">The number that doors B and C answer.</param>
/// <param name="Reason">What it is in the terms of the agents' API, which door A shares.</param>
/// <remarks>
/// Errors are HTTP 400 wherever a person is to read them: the widget shows nothing for most other statuses.
/// Source: "APIResponses", and what published widgets look for.
/// </remarks>
internal sealed record DoorError(
    int Code, string Message, string Advice, Reason Reason = Reason.InvalidInState,
    int HttpStatus = StatusCodes.Status400BadRequest)
{
    public static readonly DoorError FirstNameRequired = new(
        102, "A first name is required.", "Send firstName.", Reason.ParameterMissing);

    public static readonly DoorError LastNameRequired = new(
        103, "A last name is required.", "Send lastName.", Reason.ParameterMissing);

    public static readonly DoorError NameRequired = new(
        161, "A name is required.", "Send nickname, or firstName and lastName.", Reason.ParameterMissing);

    public static readonly DoorError EmailInvalid =
        new(364, "The e-mail address is not valid.", "Correct emailAddress or leave it out.");

    public static readonly DoorError CannotStart = new(240, "A chat cannot be started now.", "Try again in a minute.");

    public static readonly DoorError Closed = new(240, "The service is closed now.", "Come back during the opening hours.");

    public static readonly DoorError MessageEmpty = new(9001, "The message is empty.", "Send a text.", Reason.ParameterMissing);

    public static readonly DoorError NotOffered = new(
        9005, "This operation is not offered.", "Use one of the published operations of a chat.", Reason.OutOfRange);

    public static readonly DoorError ChatNotFound = new(
        404, "The chat was not found or has ended.", "Start a new chat.", Reason.NotFound);

    public static readonly DoorError ServiceUnknown = new(
        306, "There is no such chat service.", "Correct the service name in the address.", Reason.NotFound,
        StatusCodes.Status404NotFound);

    public static readonly DoorError EndpointUnknown = new(
        9002, "There is no such queue.", "Correct endpoint or leave it out.", Reason.NotFound);

    public static readonly DoorError KeyRequired = new(
        401, "An API key is required.", "Send the header apikey.", Reason.NotPermitted, StatusCodes.Status401Unauthorized);

    public static readonly DoorError TooManyRequests = new(
        503, "Too many requests.", "Ask less often.", Reason.Forbidden, StatusCodes.Status429TooManyRequests);

    public static readonly DoorError FileNotFound = new(
        9003, "The file was not found.", "Correct the file's id.", Reason.NotFound, StatusCodes.Status404NotFound);

    public static readonly DoorError NoMoreDownloads = new(
        9004, "Files were downloaded too often in this chat.", "Ask the agent to send it another way.", Reason.OutOfRange);

    public static readonly DoorError NoAgentForFile = new(
        9005, "Files cannot be sent yet.", "Wait until an agent has joined.");

    public static readonly DoorError FileHarmful = new(203, "The file was found to be harmful.", "Send another file.");

    public static DoorError TooManyFiles(int limit) => new(
        201, "There are too many files in the chat.", limit.ToString(CultureInfo.InvariantCulture), Reason.OutOfRange);

    public static DoorError FileTooLarge(long limit) => new(
        202, "The file is too large.", limit.ToString(CultureInfo.InvariantCulture), Reason.OutOfRange);

    public static DoorError FileTypeRefused(string allowed) => new(203, "Files of this type cannot be sent.", allowed);

    public static DoorError MessageTooLong(int limit) =>
        new(204, "The message is too long.", limit.ToString(CultureInfo.InvariantCulture), Reason.OutOfRange);

    public static DoorError TooLong(string what, int limit) =>
        Malformed($"{what}: too long.", $"Send at most {limit} characters.");

    public static DoorError Malformed(string message, string advice) => new(9002, message, advice);
}
