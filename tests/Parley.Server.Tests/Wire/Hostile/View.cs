using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>What both sides see.</summary>
internal sealed record View(JsonArray Customer, JsonArray Agent)
{
    public bool IsShown(string text) => Shows(Customer, text) && Shows(Agent, text);

    /// <summary>Whether there is this text, or JSON equal to it, anywhere; null is no text, and shown always.</summary>
    public static bool Shows(JsonNode? within, string? text) => text is null || within switch
    {
        JsonObject members => members.Any(m => Shows(m.Value, text)) || IsJson(members, text),
        JsonArray items => items.Any(i => Shows(i, text)),
        JsonValue value => value.TryGetValue<string>(out var said) && said == text,
        _ => false,
    };

    private static bool IsJson(JsonObject node, string text) =>
        text.StartsWith('{') && text.EndsWith('}') && node.ToJsonString() == text;

    public override string ToString() => $"{Customer.ToJsonString()} {Agent.ToJsonString()}";
}
