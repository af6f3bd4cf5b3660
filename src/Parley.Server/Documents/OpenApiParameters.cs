using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Parley.Server.Rest;

namespace Parley.Server.Documents;

/// <summary>
/// The parameters of endpoints: those of the route, those that the handler takes from the query, and heeded headers.
/// </summary>
internal static class OpenApiParameters
{
    private static readonly Type[] Taken = [typeof(Fields), typeof(Selection), typeof(string)];

    private const string FieldsMeaning =
        "`*` for objects in full, or a list of their properties, separated by commas; `id` and `uri` always are among them.";

    /// <summary>The parameters of one endpoint; a handler's doc comment says what each is.</summary>
    public static JsonArray Of(RouteEndpoint endpoint, DocComments comments, bool withoutCatchAll = false)
    {
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>();
        var comment = handler is null ? DocComment.None : comments.Of(handler);
        var inRoute = endpoint.RoutePattern.Parameters.Where(p => !(withoutCatchAll && p.IsCatchAll)).Select(p => p.Name);
        var all = endpoint.RoutePattern.Parameters.Select(p => p.Name);
        var inQuery = handler?.GetParameters().Where(p => IsQuery(p) && !all.Contains(p.Name)) ?? [];
        return new JsonArray(
        [
            .. inRoute.Select(name => Parameter(name, "path", Meaning(endpoint, comment, name), required: true)),
            .. inQuery.SelectMany(p =>
                p.ParameterType == typeof(Fields) ? [Parameter("fields", "query", FieldsMeaning)]
                : p.ParameterType == typeof(Selection) ? OfSelection()
                : new[] { Parameter(p.Name!, "query", Meaning(endpoint, comment, p.Name!)) }),
            .. endpoint.Metadata.GetOrderedMetadata<HeededHeader>().Select(h => Parameter(h.Name, "header", h.Meaning)),
        ]);
    }

    /// <summary>The address with the bare names of its parameters: what they must look like is no part of it.</summary>
    public static string WithoutConstraints(RoutePattern route) => route.Parameters
        .Where(p => p.ParameterPolicies.Count > 0)
        .Aggregate(route.RawText!, (text, p) => text.Replace(
            $"{{{p.Name}:{p.ParameterPolicies[0].Content}}}", $"{{{p.Name}}}", StringComparison.Ordinal));

    private static bool IsQuery(ParameterInfo parameter) => Taken.Contains(parameter.ParameterType);

    /// <summary>What any collection takes that can be filtered, sorted and read in pages.</summary>
    private static JsonObject[] OfSelection()
    {
        var filters = Parameter(
            "filters", "query", "A property and the values of which it has one, as `name=Billing,Sales`; `*` is any.");
        filters["style"] = "form";
        filters["explode"] = true;
        filters["schema"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Shape.Text() };
        return
        [
            Parameter("sortBy", "query", "The properties to sort by, separated by commas."),
            Parameter("limit", "query", "The most items to answer, a whole number; the server has a limit of its own."),
            Parameter("offset", "query", "How many items to pass over, a whole number."),
            filters,
        ];
    }

    private static string Meaning(RouteEndpoint endpoint, DocComment comment, string name) =>
        endpoint.Metadata.GetOrderedMetadata<DescribedParameter>().LastOrDefault(p => p.Name == name)?.Meaning
        ?? comment.Parameters.GetValueOrDefault(name, "");

    private static JsonObject Parameter(string name, string place, string meaning, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (required) parameter["required"] = true;
        parameter["description"] = meaning;
        parameter["schema"] = Shape.Text();
        return parameter;
    }
}
