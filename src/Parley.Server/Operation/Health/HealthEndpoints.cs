using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Operation.Overload;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Operation.Health;

/// <summary>
/// <c>/health/live</c> and <c>/health/ready</c>, for whoever starts the server and sends requests to it; open to anybody.
/// </summary>
internal static class HealthEndpoints
{
    public const string Root = "/health";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup(Root).WithTags("Operation").WithoutCounting();
        health.MapGet("/live", Live).Answers(Answer.With(("status", _ => Shape.Text("Always `live`."))));
        health.MapGet("/ready", Ready).Answers(Answer.With(
            ("status", _ => Shape.Text("`ready`.")),
            ("warnings?", _ => Problems.Meaning("What does not work although requests can be taken."))));
    }

    /// <summary>Whether the process answers; what does not answer this is to be started anew.</summary>
    private static ApiAnswer Live() => ApiAnswer.With(json => json.WriteString("status"u8, "live"u8));

    /// <summary>Whether requests can be taken: HTTP 503 with every reason in words if they had better go elsewhere.</summary>
    private static ApiAnswer Ready(IEnumerable<IHealth> parts)
    {
        var ill = parts.Select(p => (Part: p, Problem: p.Problem())).Where(p => p.Problem is not null).ToList();
        return ill.Find(p => p.Part.IsVital).Problem is { } first
            ? ApiAnswer.Refused(first, json => Write(json, "not ready", "problems", ill.Where(p => p.Part.IsVital)))
            : ApiAnswer.With(json => Write(json, "ready", "warnings", ill));
    }

    private static void Write(
        Utf8JsonWriter json, string status, string list, IEnumerable<(IHealth Part, Rejection? Problem)> ill)
    {
        json.WriteString("status"u8, status);
        if (!ill.Any()) return;
        json.WriteStartArray(list);
        foreach (var (part, problem) in ill)
        {
            json.WriteStartObject();
            json.WriteString("part"u8, part.Part);
            json.WriteString("problem"u8, problem!.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static JsonObject Problems => Shape.ListOf(Shape.Object(
        ("part", Shape.Text("Which part it is.")), ("problem", Shape.Text("Why it cannot work."))));
}
