using System.Text.Json;

namespace Parley.Client;

/// <summary>What a client knows of a request afterwards.</summary>
public enum Fate
{
    /// <summary>Answered with success: it must survive everything.</summary>
    Acknowledged,

    /// <summary>Answered with a refusal.</summary>
    Refused,

    /// <summary>Not answered, or told to try again: it may have happened or not.</summary>
    Unknown,
}

/// <summary>A client's view of one answer.</summary>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="Why">What was answered, or why nothing was, in a few words.</param>
public readonly record struct Reply(Fate Fate, int Status, JsonElement Body, string Why)
{
    public static Reply None(string why) => new(Fate.Unknown, 0, default, why);

    /// <summary>Reads an answer of any door: they all have a <c>statusCode</c>.</summary>
    /// <param name="isPutOff">It says when to ask again: a page of GWS Chat is told nothing then, and that with success.</param>
    public static Reply Of(int status, byte[] body, bool isPutOff = false)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return new Reply(Fate.Unknown, status, default, $"HTTP {status} without JSON");
        }
        var isObject = json.ValueKind == JsonValueKind.Object;
        var code = isObject && json.TryGetProperty("statusCode", out var value) ? value.GetInt32() : -1;
        var message = code > 0 && json.TryGetProperty("statusMessage", out var text) ? text.GetString() : "";
        var fate = isPutOff && code == 0 ? Fate.Unknown : FateOf(status, code);
        return new Reply(fate, status, json, $"HTTP {status}, statusCode {code} {message}".TrimEnd());
    }

    private static Fate FateOf(int status, int code) => (status, code) switch
    {
        (200, 0) => Fate.Acknowledged,
        // "temporary, try again" of GMS Chat
        (200, 1) => Fate.Unknown,
        (>= 500 or 408 or 429, _) => Fate.Unknown,
        _ => Fate.Refused,
    };
}
