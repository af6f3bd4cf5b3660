using System.Text;
using System.Text.RegularExpressions;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

// what agents ask the server for, in full or in short
internal sealed partial class Stage
{
    /// <summary>The agent's capabilities in the chat are exactly these.</summary>
    private Task May(string name, AgentClient agent, string operations) => AgentRequest(
        name, agent, "GET /api/v2/me/chats/{chat} -> 200 {\"chat\":{\"capabilities\":["
            + string.Join(',', operations.Split(", ").Select(o => $"\"{o}\"")) + "],…},…}");

    /// <summary>An operation of the chat in short.</summary>
    private Task Operate(string name, AgentClient agent, string text)
    {
        var form = Operation().Match(text);
        if (!form.Success) throw new FormatException($"{name} cannot do this: {text}");
        var parameters = form.Groups["parameters"].Value is { Length: > 2 } more ? "," + more[1..] : "}";
        var body = $$"""{"operationName":"{{form.Groups["operation"]}}"{{parameters}}""";
        return AgentRequest(
            name, agent, $"POST /api/v2/me/chats/{{chat}} {body} -> {Outcome(form.Groups)}", form.Groups["key"].Value);
    }

    private static string Outcome(GroupCollection form)
    {
        if (form["answer"].Success) return form["answer"].Value;
        if (form["reference"].Success) return $$"""200 {"statusCode":0,"referenceId":{{form["reference"]}}}""";
        if (!form["refused"].Success) return """200 {"statusCode":0}""";
        var http = form["refused"].Value switch
        {
            "1" or "2" => 400,
            "6" => 404,
            _ => 403,
        };
        return $$"""{{http}} {"statusCode":{{form["refused"]}},"statusMessage":…}""";
    }

    private async Task AgentRequest(string name, AgentClient agent, string text, string key = "")
    {
        var request = Request().Match(text);
        if (!request.Success) throw new FormatException($"{name} cannot do this: {text}");
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Groups["verb"].Value), cast.Fill(request.Groups["path"].Value));
        if (key.Length > 0) message.Headers.Add("Idempotency-Key", key);
        var body = cast.Fill(request.Groups["body"].Value.Trim());
        if (body.Length > 0) message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await agent.Http.SendAsync(message);
        var answer = await Answer.Read(response);
        Assert.True(
            $"{answer.Http}" == request.Groups["status"].Value, $"{name}: HTTP {answer.Http} {answer.Body.ToJsonString()}");
        JsonPattern.Parse(cast.Fill(request.Groups["answer"].Value)).Check(answer.Body, $"{name} is answered");
    }

    [GeneratedRegex(
        @"^does (?<operation>\w+)(?: (?<parameters>\{.*?\}))?(?: under key (?<key>\S+))?"
        + @"(?: -> (?:refused (?<refused>\d+)|#(?<reference>\d+)|(?<answer>\d{3} .*)))?$")]
    private static partial Regex Operation();

    [GeneratedRegex(@"^(?<verb>GET|POST|PUT|DELETE) (?<path>\S+)(?<body>.*?) -> +(?<status>\d{3}) (?<answer>.*)$")]
    private static partial Regex Request();
}
