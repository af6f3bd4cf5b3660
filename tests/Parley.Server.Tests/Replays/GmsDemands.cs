using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Replays;

/// <summary>How strictly published software of GMS Chat reads an answer. The numbers are the constraints'.</summary>
internal static class GmsDemands
{
    private static readonly HashSet<string> Types =
    [
        "ParticipantJoined", "ParticipantLeft", "Message", "TypingStarted", "TypingStopped", "NicknameUpdated", "PushUrl",
        "FileUploaded", "FileDeleted", "CustomNotice", "Notice", "IdleAlert", "IdleClose",
    ];

    private static readonly HashSet<string> Sides = ["Client", "Agent", "Supervisor", "External"];

    /// <summary>
    /// Strict comparison of numbers and truths, an array of messages, no empty list of errors (K1, K2, K6, K9, K22).
    /// </summary>
    public static void OfWidget(JsonObject answer)
    {
        Assert.Equal(JsonValueKind.Number, answer["statusCode"]!.GetValueKind());
        Assert.Contains(answer["chatEnded"]!.GetValueKind(), new[] { JsonValueKind.True, JsonValueKind.False });
        Assert.True(answer["errors"] is null or JsonArray { Count: > 0 });
        foreach (var key in new[] { "secureKey", "userId", "alias" })
            if (answer[key] is { } value) Assert.Matches("^[0-9A-Za-z-]+$", value.GetValue<string>());
        foreach (var message in answer["messages"]!.AsArray())
        {
            Assert.Null(message!["html"]);
            Assert.Null(message["bubble"]);
            Assert.NotEqual("_GCTI_GSS", $"{message["from"]!["nickname"]}");
        }
    }

    /// <summary>One value of another type makes the whole answer undecodable (K3, K4, K5).</summary>
    public static void OfIosLibrary(JsonObject answer)
    {
        Assert.Equal(JsonValueKind.String, answer["chatId"]!.GetValueKind());
        answer["statusCode"]!.GetValue<int>();
        foreach (var name in new[] { "alias", "secureKey", "userId" })
            Assert.True(answer[name] is null || answer[name]!.GetValueKind() == JsonValueKind.String);
        AreTexts(answer["userData"]);
        foreach (var message in answer["messages"]!.AsArray())
        {
            Assert.Contains($"{message!["type"]}", Types);
            Assert.Equal(JsonValueKind.String, message["from"]!["nickname"]!.GetValueKind());
            Assert.Contains($"{message["from"]!["type"]}", Sides);
            message["from"]!["participantId"]!.GetValue<int>();
            Assert.InRange(message["utcTime"]!.GetValue<long>(), 1_000_000_000_000, 10_000_000_000_000);
            if (message["index"] is { } index) index.GetValue<int>();
            AreTexts(message["userData"]);
        }
    }

    /// <summary>Throws where the end or the messages are missing (K2).</summary>
    public static void OfJavaSdk(JsonObject answer)
    {
        answer["chatEnded"]!.GetValue<bool>();
        Assert.IsType<JsonArray>(answer["messages"]);
    }

    private static void AreTexts(JsonNode? userData)
    {
        if (userData is null) return;
        Assert.All(userData.AsObject(), pair => Assert.Equal(JsonValueKind.String, pair.Value!.GetValueKind()));
    }
}
