using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>An answer, checked for the form that all answers of its door have.</summary>
/// <param name="Body">The answer, or the last of several pushes; null if there is none.</param>
internal sealed record Reply(bool IsDone, string Text, JsonObject? Body = null)
{
    /// <summary>Reads an answer of GMS Chat; a refusal must say what is wrong and what to change.</summary>
    public static async Task<Reply> OfGms(HttpResponseMessage response)
    {
        using (response)
        {
            var answer = await DoorAnswer.Read(response);
            if (answer.StatusCode != 0) CheckErrors(answer.Body);
            return Of(answer.StatusCode == 0, answer.Http, answer.Body);
        }
    }

    public static void CheckErrors(JsonObject answer)
    {
        foreach (var error in answer["errors"]!.AsArray())
            foreach (var name in (string[])["message", "text", "advice"]) Assert.NotEqual("", $"{error![name]}");
    }

    /// <summary>Reads an answer of GWS Customer Chat.</summary>
    public static async Task<Reply> OfGws(HttpResponseMessage response)
    {
        using (response)
        {
            var answer = await Answer.Read(response);
            return Of(answer.StatusCode == 0, answer.Http, answer.Body);
        }
    }

    private static Reply Of(bool isDone, int http, JsonObject body)
    {
        var text = body.ToJsonString();
        Assert.True(http < 500, text);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        return new Reply(isDone, text, body);
    }
}
