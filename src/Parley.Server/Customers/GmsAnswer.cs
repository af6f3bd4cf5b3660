using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>An answer of GMS Chat, the same for every operation.</summary>
/// <remarks>
/// <c>{"statusCode":0,"chatId":"0001Qd7KX2EM004B","userId":"00915A7C3E5D0021","secureKey":"b7d0…","alias":"1",
/// "chatEnded":false,"nextPosition":2,"messages":[…]}</c>. <c>chatEnded</c> and <c>messages</c> are always there; an
/// <c>errors</c> list only where there is an error. Source: "APIResponses".
/// </remarks>
internal sealed class GmsAnswer : IResult
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int httpStatus;
    private readonly ArrayBufferWriter<byte> body = new(512);

    private GmsAnswer(int httpStatus, Action<Utf8JsonWriter> members)
    {
        this.httpStatus = httpStatus;
        using var json = new Utf8JsonWriter(body, Relaxed);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    }

    /// <summary>The JSON object, whatever carries it.</summary>
    public ReadOnlyMemory<byte> Json => body.WrittenMemory;

    /// <summary>Done; the transcript as far as it was asked for.</summary>
    /// <param name="idleSeconds">How long until the next step against a quiet chat; null while no warning is pending.</param>
    /// <param name="data">Further results of the operation.</param>
    public static GmsAnswer Done(
        Chat chat, string key, GmsTranscript transcript, int? idleSeconds,
        params IReadOnlyList<(string Key, string Value)> data) =>
        Done(chat, key, transcript.NextPosition, idleSeconds, transcript.WriteMessages, data);

    /// <summary>Done; one message that is no part of the transcript, from the customer to the customer's own program.</summary>
    public static GmsAnswer Notice(
        Chat chat, string key, string text, DateTimeOffset at, int? idleSeconds,
        IReadOnlyList<(string Key, string Value)> data) =>
        Done(chat, key, null, idleSeconds, json => GmsTranscript.WriteNotice(json, chat.Customer, text, at, data), []);

    private static GmsAnswer Done(
        Chat chat, string key, int? nextPosition, int? idleSeconds, Action<Utf8JsonWriter> messages,
        IReadOnlyList<(string Key, string Value)> data) => new(StatusCodes.Status200OK, json =>
    {
        Head(json, 0, chat.CustomerPresent ? Ended.No : Ended.Yes, chat.Id.Value);
        json.WriteString("userId"u8, chat.CustomerUserId);
        json.WriteString("secureKey"u8, key);
        json.WriteString("alias"u8, "1"u8);
        if (nextPosition is { } next) json.WriteNumber("nextPosition"u8, next);
        if (idleSeconds is { } left) json.WriteNumber("idleTimerExpire"u8, left);
        GmsTranscript.WriteData(json, data);
        messages(json);
    });

    /// <summary>The request is wrong; nothing happened and the chat, if there is one, goes on.</summary>
    public static GmsAnswer Wrong(DoorError error, string? chatId = null) => Wrong(error, chatId, Ended.No);

    /// <summary>The same where nothing goes on: no chat was begun, or it is over.</summary>
    public static GmsAnswer WrongAndOver(DoorError error, string? chatId = null) => Wrong(error, chatId, Ended.Yes);

    /// <summary>Why an operation was not done; null if it was.</summary>
    public static GmsAnswer? Refused(
        Outcome outcome, string chatId, int whenGone = StatusCodes.Status200OK) => outcome.Refused switch
    {
        null => null,
        { Reason: Reason.Unavailable } => TryAgain(chatId),
        { Reason: Reason.OutOfRange } full => Wrong(DoorError.Malformed(full.Message, "Start a new chat."), chatId),
        { } refused when outcome.Chat.CustomerPresent =>
            Wrong(DoorError.Malformed(refused.Message, "Correct the request."), chatId),
        _ => Gone(chatId, whenGone),
    };

    private static GmsAnswer Wrong(DoorError error, string? chatId, Ended ended) => new(error.HttpStatus, json =>
    {
        // only what is to be tried again leaves the client hoping
        var isTemporary = error.HttpStatus == StatusCodes.Status429TooManyRequests && ended == Ended.No;
        Head(json, isTemporary ? 1 : 2, ended, chatId);
        NoMessages(json);
        Errors(json, error);
    });

    /// <summary>The server cannot do it now: try again, the chat goes on.</summary>
    public static GmsAnswer TryAgain(string? chatId = null) => new(StatusCodes.Status200OK, json =>
    {
        Head(json, 1, Ended.No, chatId);
        NoMessages(json);
    });

    /// <summary>The chat is over, or there never was one: the answer does not tell which.</summary>
    public static GmsAnswer Gone(string chatId, int httpStatus = StatusCodes.Status200OK) => new(httpStatus, json =>
    {
        Head(json, 2, Ended.Yes, chatId);
        NoMessages(json);
        Errors(json, DoorError.ChatNotFound);
    });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = httpStatus;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (httpStatus == StatusCodes.Status429TooManyRequests) response.Headers.RetryAfter = "60";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }

    private static void Head(Utf8JsonWriter json, int statusCode, Ended ended, string? chatId)
    {
        json.WriteNumber("statusCode"u8, statusCode);
        if (chatId is not null) json.WriteString("chatId"u8, chatId);
        json.WriteBoolean("chatEnded"u8, ended == Ended.Yes);
    }

    private static void NoMessages(Utf8JsonWriter json)
    {
        json.WriteStartArray("messages"u8);
        json.WriteEndArray();
    }

    private static void Errors(Utf8JsonWriter json, DoorError error)
    {
        json.WriteStartArray("errors"u8);
        json.WriteStartObject();
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteString("text"u8, error.Message);
        json.WriteString("advice"u8, error.Advice);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private enum Ended
    {
        No,
        Yes,
    }
}
