using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Parley.Server.Accounts;
using Parley.Server.Rest;

namespace Parley.Server.Documents;

/// <summary>The operations of endpoints as OpenAPI writes them.</summary>
internal sealed class OpenApiOperations(Schemas schemas, DocComments comments)
{
    /// <summary>Whether the endpoint is a part of the API: all are that do not say otherwise.</summary>
    public static bool IsDescribed(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true };

    /// <summary>The group of operations that the endpoint belongs to.</summary>
    public static string Tag(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags is [var tag, ..] ? tag : Home(endpoint)?.Name ?? "";

    /// <summary>The class whose comment tells of the group.</summary>
    public static Type? Home(RouteEndpoint endpoint)
    {
        var type = endpoint.Metadata.GetMetadata<DescribedBy>()?.Home
            ?? endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType;
        while (type?.DeclaringType is { } outer) type = outer;
        return type;
    }

    /// <summary>The operations of one endpoint: one for each method, or those it lists below its path.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation)> Of(RouteEndpoint endpoint)
    {
        var route = OpenApiParameters.WithoutConstraints(endpoint.RoutePattern);
        if (endpoint.Metadata.GetMetadata<ServedPaths>() is { } served)
        {
            foreach (var path in served.Paths)
            {
                var parameters = OpenApiParameters.Of(endpoint, comments, withoutCatchAll: true);
                yield return (
                    route[..route.IndexOf("{**", StringComparison.Ordinal)].TrimEnd('/') + Suffix(path.Below),
                    path.Method.ToLowerInvariant(),
                    Operation(endpoint, path.Method, path.Summary, "", parameters, path.Body, path.Answer, path.Below));
            }
            yield break;
        }
        var comment = endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler ? comments.Of(handler) : DocComment.None;
        var summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? FirstSentence(comment.Summary);
        foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
        {
            yield return (route.TrimEnd('/'), method.ToLowerInvariant(), Operation(
                endpoint, method, summary, comment.Whole, OpenApiParameters.Of(endpoint, comments),
                endpoint.Metadata.GetMetadata<Body>(), endpoint.Metadata.GetMetadata<Answer>(), ""));
        }
    }

    private JsonObject Operation(
        RouteEndpoint endpoint, string method, string summary, string description, JsonArray parameters, Body? body,
        Answer? answer,
        string below)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(Tag(endpoint)),
            ["operationId"] = Id(method, $"{OpenApiParameters.WithoutConstraints(endpoint.RoutePattern)} {below}"),
            ["summary"] = summary,
        };
        if (description.Length > summary.Length) operation["description"] = description;
        if (Source(endpoint) is { } source) operation["x-source"] = source;
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (body is not null) operation["requestBody"] = RequestBody(body);
        operation["responses"] = Responses(endpoint, body, answer);
        operation["security"] = IsForSignedIn(endpoint)
            ? new JsonArray(new JsonObject { ["basic"] = new JsonArray() }, new JsonObject { ["session"] = new JsonArray() })
            : new JsonArray();
        return operation;
    }

    private JsonObject RequestBody(Body body) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject(body.MediaTypes.Select(type => KeyValuePair.Create(
            type, (JsonNode?)new JsonObject { ["schema"] = body.Schema(schemas) }))),
    };

    private JsonObject Responses(RouteEndpoint endpoint, Body? body, Answer? answer)
    {
        var responses = new JsonObject();
        if (answer is not null)
        {
            responses["200"] = new JsonObject
            {
                ["description"] = answer.Meaning,
                ["content"] = new JsonObject { [answer.MediaType] = new JsonObject { ["schema"] = answer.Schema(schemas) } },
            };
        }
        if (endpoint.Metadata.GetMetadata<IOwnRefusals>() is { } own) own.AddTo(responses, schemas);
        else if (IsAgents(endpoint)) OpenApiRefusals.AddTo(responses, endpoint, body);
        return responses;
    }

    private string? Source(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler ? comments.Of(handler).Source : null)
        ?? (Home(endpoint) is { } home ? comments.Of(home).Source : null);

    private static bool IsAgents(RouteEndpoint endpoint) => Api.Covers($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}");

    private static bool IsForSignedIn(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IDemand>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static string Suffix(string below) => below.Length == 0 ? "" : $"/{below}";

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    private static string Id(string method, string path) => string.Join(
        '-', $"{method.ToLowerInvariant()} {path}".Split(['/', '{', '}', '*', ' ', '.'], StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The refusals of an endpoint that has others than the agents' API.</summary>
internal interface IOwnRefusals
{
    void AddTo(JsonObject responses, Schemas schemas);
}
