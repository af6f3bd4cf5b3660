using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Scenarios;

/// <summary>
/// The short ways to say what is heard, each written out as the JSON pattern that it stands for; README.md beside this file
/// describes them. Variables stay as they are.
/// </summary>
internal static partial class Shorthand
{
    /// <summary>What an agent hears; a pattern stays as it is.</summary>
    public static string Notification(string text)
    {
        if (text.StartsWith('{')) return text;
        if (text == "an offer")
            return """
                {"messageType":"ChatStateChangeMessage","notificationType":"StatusChange","chat":{"id":"{chat}",
                "uri":"{base}/api/v2/chats/{chat}","state":"Invited","participants":[],"capabilities":["Accept","Reject"],…}}
                """;
        var (type, reference, details) = Parts(text);
        return type switch
        {
            "NewMessages" => $$$"""
                {"messageType":"MessageLogUpdated","notificationType":"NewMessages","chatUri":"{base}/api/v2/chats/{chat}",
                "chatPath":"/chats/{chat}","messages":[{{{string.Join(',', Lines(details).Select(Message))}}}]}
                """,
            "StatusChange" => Changed(type, reference, State(details)),
            "ParticipantsUpdated" => Changed(type, reference, $$$"""{"id":"{chat}","participants":[{{{Parties(details)}}}],…}"""),
            "PropertiesUpdated" => Changed(type, reference, $$$"""{"id":"{chat}","userData":{{{details}}},…}"""),
            "Error" => Changed(
                type, reference, """{"id":"{chat}","uri":"{base}/api/v2/chats/{chat}","state":"Chatting",…}""",
                $",\"errorMessage\":{(details.Length == 0 ? "…" : details)}"),
            _ => throw new FormatException($"Nobody can hear this: {text}"),
        };
    }

    /// <summary>What a customer hears, one event after the other; a pattern stays as it is.</summary>
    public static IEnumerable<string> Events(string text) => text.StartsWith('{') ? [text] : Lines(text).Select(Event);

    private static (string Type, string Reference, string Details) Parts(string text)
    {
        var parts = NotificationForm().Match(text);
        var reference = parts.Groups["reference"] is { Success: true } given ? $"\"referenceId\":{given}," : "";
        return (parts.Groups["type"].Value, reference, parts.Groups["details"].Value);
    }

    private static string Changed(string type, string reference, string chat, string more = "") =>
        $$"""{"messageType":"ChatStateChangeMessage","notificationType":"{{type}}",{{reference}}"chat":{{chat}}{{more}}}""";

    /// <summary>A view in this state: of an end nothing is shown but that.</summary>
    private static string State(string state) => state is "Completed" or "Revoked"
        ? $$$"""{"id":"{chat}","uri":"{base}/api/v2/chats/{chat}","state":"{{{state}}}","participants":[],"capabilities":[]}"""
        : $$$"""{"id":"{chat}","uri":"{base}/api/v2/chats/{chat}","state":"{{{state}}}","participants":[],…}""";

    private static string Parties(string text) => text == "of nobody"
        ? ""
        : string.Join(',', text["of ".Length..].Split(", ").Select(party => party.Split(" to "))
            .Select(party => Party(party[0], party.ElementAtOrDefault(1) ?? "All")));

    private static string Party(string name, string? visibility)
    {
        var seen = visibility is null ? "" : $"\"visibility\":\"{visibility}\",";
        if (name == Cast.Server) return $$"""{"type":"System",{{seen}}"nickname":"system",…}""";
        return Cast.IsAgent(name)
            ? $$"""{"type":"Agent",{{seen}}"path":"/users/{{{name}}.id}","nickname":"{{{name}}.userName}",…}"""
            : $$"""{"type":"Customer",{{seen}}"nickname":"{{name}}",…}""";
    }

    private static IEnumerable<GroupCollection> Lines(string text) =>
        LineForms().IsMatch(text)
            ? LineForm().Matches(text).Select(line => line.Groups)
            : throw new FormatException($"Not lines of a transcript: {text}");

    private static string Message(GroupCollection line)
    {
        var type = line["type"].Value;
        var visibility = line["to"].Success ? line["to"].Value : "All";
        var from = Party(line["who"].Value, type.StartsWith("Participant", StringComparison.Ordinal) ? visibility : null);
        var member = type switch { "PushUrl" => "url", "CustomNotice" => "noticeText", _ => "text" };
        return $$"""
            {"index":{{line["index"].Value}},"type":"{{type}}","visibility":"{{visibility}}",
            "from":{{from}},{{Said(line, member)}}…}
            """;
    }

    private static string Event(GroupCollection line)
    {
        var who = line["who"].Value;
        // a supervisor is one to the customer until it is brought in as an agent: such lines say it in full
        var (side, nickname) = Cast.IsSupervisor(who) ? ("…", $"{{{who}.userName}}")
            : Cast.IsAgent(who) ? ("\"Agent\"", $"{{{who}.userName}}")
            : who == Cast.Server ? ("\"External\"", "system")
            : ("\"Client\"", who);
        return $$"""
            {"index":{{line["index"].Value}},"type":"{{line["type"].Value}}",
            "from":{"type":{{side}},"nickname":"{{nickname}}","participantId":…},{{Said(line, "text")}}…}
            """;
    }

    private static string Said(GroupCollection line, string member) =>
        line["text"].Success ? $"\"{member}\":{line["text"].Value}," : "";

    [GeneratedRegex(@"^(?<type>[A-Za-z]+)(?: #(?<reference>\d+))?(?: (?<details>.*))?$")]
    private static partial Regex NotificationForm();

    private const string Line =
        @"(?<index>-?\d+) (?<type>[A-Za-z]+) (?<who>[A-Z]\w+)(?: to (?<to>\w+))?(?: (?<text>""[^""]*""))?";

    [GeneratedRegex(Line)]
    private static partial Regex LineForm();

    [GeneratedRegex("^" + Line + "(?:, " + Line + ")*$")]
    private static partial Regex LineForms();
}
