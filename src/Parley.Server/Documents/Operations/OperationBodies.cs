using System.Text.Json.Nodes;
using Parley.Server.Rest;

namespace Parley.Server.Documents;

/// <summary>
/// The bodies that name an operation: one schema for each row of the catalogue, told apart by <c>operationName</c>.
/// </summary>
internal static class OperationBodies
{
    /// <summary>Any operation on a chat that the server reads.</summary>
    public static Body OfChats { get; } = new(schemas => Discriminated(schemas, Served));

    /// <summary>Any operation on an interaction of the first release, today's included.</summary>
    public static Body OfInteractions { get; } = new(
        schemas => Discriminated(schemas, [.. OperationCatalog.OfInteractions, .. Served]));

    /// <summary>An operation on the caller's session, or a state for all its channels.</summary>
    public static Body OfSessions { get; } = new(schemas => Shape.AnyOf(
        [.. OperationCatalog.OfSessions.Concat(OperationCatalog.OfStates).Select(o => Schema(schemas, o)), OwnState(schemas)]));

    /// <summary>A state for one channel.</summary>
    public static Body OfStates { get; } = new(schemas => Shape.AnyOf(
        [.. OperationCatalog.OfStates.Select(o => Schema(schemas, o)), OwnState(schemas)]));

    /// <summary>What a supervisor does with an agent's channel.</summary>
    public static Body OfUserChannels { get; } = new(schemas => Shape.AnyOf(
    [
        .. OperationCatalog.OfSupervision.Concat(OperationCatalog.OfStates.Where(s => s.IsShown)).Select(o => Schema(schemas, o)),
        OwnState(schemas),
    ]));

    /// <summary>What a supervisor does with an agent's chat.</summary>
    public static Body OfUserChats { get; } = new(schemas => Schema(schemas, OperationCatalog.OfUserChats[0]));

    /// <summary>A question about the history of all chats.</summary>
    public static Body OfHistory { get; } = new(schemas => Schema(schemas, OperationCatalog.OfHistory[0]));

    /// <summary>A question about the history of a contact.</summary>
    public static Body OfContactHistory { get; } = new(schemas => Schema(schemas, OperationCatalog.OfHistory[1]));

    /// <summary>A question about one chat of the history.</summary>
    public static Body OfHistoryContent { get; } = new(schemas => Schema(schemas, OperationCatalog.OfHistory[2]));

    /// <summary>What a successful operation on a chat answers.</summary>
    public static Answer OfChatsAnswer { get; } = Answer.With(
        [.. Served.SelectMany(o => o.AnswersAlso).Distinct().Select(member => Also(member))]) with
    {
        Meaning = "Durable. What changed follows as a notification.",
    };

    private static IReadOnlyList<OperationEntry> Served =>
        [.. OperationCatalog.OfChats.Where(o => ChatOperations.Names.Contains(o.Name))];

    private static (string, Func<Schemas, JsonObject>) Also(string member) => ($"{member}?", _ => member == "status"
        ? Shape.Always(0).Meaning("0 once more, where the operation's page prints it so.")
        : Shape.Whole("The number that the notifications caused by this request will carry."));

    private static JsonObject Discriminated(Schemas schemas, IReadOnlyList<OperationEntry> operations)
    {
        var choice = Shape.OneOf(operations.Select(o => Schema(schemas, o)));
        choice["discriminator"] = new JsonObject
        {
            ["propertyName"] = "operationName",
            ["mapping"] = new JsonObject(operations.SelectMany(o => o.Names.Select(name =>
                KeyValuePair.Create(name, (JsonNode?)Schema(schemas, o)["$ref"]!.GetValue<string>())))),
        };
        return choice;
    }

    private static JsonObject Schema(Schemas schemas, OperationEntry operation) => schemas.Add(operation.Name, () =>
    {
        var name = new JsonObject { ["type"] = "string", ["enum"] = Shape.Names(operation.Names) };
        var schema = Shape.Object([("operationName", name), .. operation.Parameters.Select(p => (NameOf(p), Value(p)))]);
        var choices = operation.Parameters.Where(p => p.Need == Need.OneOfThese).ToList();
        if (choices.Count > 0)
        {
            schema["anyOf"] = new JsonArray(
                [.. choices.Select(p => new JsonObject { ["required"] = new JsonArray(p.Name) })]);
        }
        schema["description"] = operation.Summary;
        schema["x-source"] = operation.Source;
        if (operation.Refusals.Count > 0)
        {
            schema["x-refusals"] = new JsonArray([.. operation.Refusals.Select(r =>
                new JsonObject { ["statusCode"] = r.StatusCode, ["when"] = r.When })]);
        }
        schema["examples"] = new JsonArray(JsonNode.Parse(operation.Sample));
        return schema;
    });

    private static JsonObject OwnState(Schemas schemas) => schemas.Add("OwnState", () =>
    {
        var others = OperationCatalog.OfSessions.Concat(OperationCatalog.OfStates).Concat(OperationCatalog.OfSupervision)
            .Select(o => o.Name);
        var name = Shape.Text("An `operationName` of `GET /api/v2/settings/agent-states`.");
        name["not"] = new JsonObject { ["enum"] = Shape.Names(others) };
        return Shape.Object(("operationName", name)).Meaning("A state that the contact centre has of its own.");
    });

    private static string NameOf(ParameterEntry parameter) =>
        parameter.Need == Need.Required ? parameter.Name : $"{parameter.Name}?";

    private static JsonObject Value(ParameterEntry parameter)
    {
        var value = parameter.Kind switch
        {
            ParameterKind.Number => new JsonObject { ["type"] = new JsonArray("integer", "string") },
            ParameterKind.Switch => new JsonObject { ["enum"] = new JsonArray(true, false, "true", "false") },
            ParameterKind.Texts => Shape.ListOf(Shape.Text()),
            ParameterKind.Data => new JsonObject
            {
                ["type"] = "object",
                ["minProperties"] = 1,
                ["additionalProperties"] = Schemas.AnyValue(),
            },
            _ when parameter.Need == Need.Required => Shape.Text(),
            _ => new JsonObject { ["type"] = new JsonArray("string", "null") },
        };
        if (parameter.Values.Count > 0) value["enum"] = Shape.Names(parameter.Values);
        if (parameter is { Need: Need.Required, Kind: ParameterKind.Text }) value["minLength"] = 1;
        if (parameter is { Need: Need.Required, Kind: ParameterKind.Texts }) value["minItems"] = 1;
        return value.Meaning(parameter.Meaning);
    }
}
