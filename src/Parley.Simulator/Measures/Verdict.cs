using System.Text.Json;
using Parley.Client;

namespace Parley.Simulator.Measures;

/// <summary>What an answer is to a run that looks for errors.</summary>
internal enum Verdict
{
    Done,

    /// <summary>The server has too much to do, or is asked too often: expected of a server at its limit.</summary>
    Overload,

    /// <summary>The chat had moved on meanwhile, as between people it does.</summary>
    TooLate,

    /// <summary>The client's own connection was lost, as it is simulated.</summary>
    Interrupted,

    /// <summary>What should not happen.</summary>
    Wrong,
}

/// <summary>Reads verdicts off answers.</summary>
internal static class Verdicts
{
    private const int CannotStart = 240;
    private const int InvalidInState = 2, Forbidden = 3, NotFound = 6;

    /// <summary>No answer, because the client lost its connection on purpose.</summary>
    public static Reply Interrupted { get; } = Reply.None("the client lost its connection");

    /// <summary>Of an answer in a chat.</summary>
    public static Verdict Of(Reply reply) => reply switch
    {
        { Fate: Fate.Acknowledged } => Verdict.Done,
        { } when reply == Interrupted => Verdict.Interrupted,
        { Status: 429 or 503 } or { Status: 200, Fate: Fate.Unknown } => Verdict.Overload,
        { Fate: Fate.Refused, Body.ValueKind: JsonValueKind.Object } when IsOver(reply.Body) => Verdict.TooLate,
        _ => Verdict.Wrong,
    };

    /// <summary>Of an answer to a customer who asks for a chat.</summary>
    public static Verdict OfBeginning(Reply reply) =>
        reply is { Fate: Fate.Refused, Body.ValueKind: JsonValueKind.Object } && IsCannotStart(reply.Body) ? Verdict.Overload
        : Of(reply) == Verdict.TooLate ? Verdict.Wrong
        : Of(reply);

    /// <summary>GMS Chat says whether it is over; the others that the state does not allow it.</summary>
    private static bool IsOver(JsonElement body) =>
        body.TryGetProperty("chatEnded", out var ended) ? ended.GetBoolean()
        : body.TryGetProperty("statusCode", out var code) && code.GetInt32() is InvalidInState or Forbidden or NotFound;

    /// <summary>GMS Chat has a number for it; GWS Customer Chat words alone.</summary>
    private static bool IsCannotStart(JsonElement body) =>
        body.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().Any(e => e.GetProperty("code").GetInt32() == CannotStart)
            : body.TryGetProperty("statusMessage", out var text)
                && $"{text}".Contains("cannot be started", StringComparison.Ordinal);
}
