using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Documents;

/// <summary>
/// What endpoints say of themselves beside the Map call, for the OpenAPI document. The rest is read off them: parameters from
/// route and handler, refusals from demands and body, the description from the handler's doc comment. Summary and tag are the
/// framework's <c>WithSummary</c> and <c>WithTags</c>.
/// </summary>
internal static class EndpointDescriptions
{
    /// <summary>What the endpoint answers when it succeeds.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder endpoints, Answer answer)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(answer);

    /// <summary>What the endpoint's body holds.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder endpoints, Body body)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(body);

    /// <summary>A header that the endpoint heeds.</summary>
    public static TBuilder Heeds<TBuilder>(this TBuilder endpoints, string header, string meaning)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new HeededHeader(header, meaning));

    /// <summary>What a parameter of the route or the query is; the handler's doc comment may say it instead.</summary>
    public static TBuilder Asks<TBuilder>(this TBuilder endpoints, string parameter, string meaning)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new DescribedParameter(parameter, meaning));

    /// <summary>The operations that an endpoint with a catch-all parameter serves.</summary>
    public static TBuilder Serves<TBuilder>(this TBuilder endpoints, params IEnumerable<ServedPath> paths)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ServedPaths([.. paths]));
}

/// <summary>The body of a successful answer, HTTP 200.</summary>
internal sealed record Answer(Func<Schemas, JsonObject> Schema)
{
    public string Meaning { get; init; } = "Done.";

    public string MediaType { get; init; } = "application/json";

    /// <summary><c>{"statusCode":0}</c>.</summary>
    public static Answer Nothing { get; } = With();

    /// <summary>A JSON document of a standard of its own.</summary>
    public static Answer Document { get; } = new(_ => new JsonObject { ["type"] = "object" }) { Meaning = "The document." };

    /// <summary>The bytes of a file.</summary>
    public static Answer Content { get; } = new(_ => new JsonObject { ["type"] = "string", ["format"] = "binary" })
    {
        Meaning = "The file, to be saved and not to be shown.", MediaType = "application/octet-stream",
    };

    /// <summary><c>{"statusCode":0,"channel":{…}}</c>.</summary>
    public static Answer One(string name, JsonTypeInfo shape) => With((name, schemas => schemas.Of(shape)));

    /// <summary><c>{"statusCode":0,"chat":{…}}</c>, of which <c>fields</c> may choose properties.</summary>
    public static Answer Chosen(string name, JsonTypeInfo shape) => With((name, schemas => WholeOrPart(schemas, shape)));

    /// <summary><c>{"statusCode":0,"channels":[…]}</c>, always in full.</summary>
    public static Answer All(string name, JsonTypeInfo shape) => With((name, schemas => Shape.ListOf(schemas.Of(shape))));

    /// <summary><c>{"statusCode":0,"uris":[…]}</c>, or with <c>fields</c> <c>{"statusCode":0,"chats":[…]}</c>.</summary>
    public static Answer Collection(string name, JsonTypeInfo shape) => new(schemas => Shape.OneOf(
        Succeeded([("uris", Shape.ListOf(Shape.Text(), "The address of each, when `fields` is not given."))]),
        Succeeded([(name, Shape.ListOf(WholeOrPart(schemas, shape)).Meaning("When `fields` is given."))])));

    /// <summary>The same of a collection that is read in pages: <c>totalCount</c> is there when this is not all of it.</summary>
    public static Answer Page(string name, JsonTypeInfo shape) => Page(name, schemas => WholeOrPart(schemas, shape));

    /// <summary>The same with items of a shape of their own.</summary>
    public static Answer Page(string name, Func<Schemas, JsonObject> item) => new(schemas => Shape.OneOf(
        Succeeded([Total, ("uris", Shape.ListOf(Shape.Text(), "The address of each, when `fields` is not given."))]),
        Succeeded([Total, (name, Shape.ListOf(item(schemas)).Meaning("When `fields` is given."))])));

    /// <summary><c>{"statusCode":0,"totalCount":2,"contacts":[…]}</c>.</summary>
    public static Answer Counted(string name, JsonTypeInfo shape) => new(schemas => Succeeded(
        [("totalCount", TotalCount), (name, Shape.ListOf(WholeOrPart(schemas, shape)))]));

    /// <summary><c>{"statusCode":0,…}</c> with these members; a name with a question mark may be absent.</summary>
    public static Answer With(params (string Name, Func<Schemas, JsonObject> Value)[] members) =>
        new(schemas => Succeeded(members.Select(m => (m.Name, m.Value(schemas)))));

    private static JsonObject TotalCount => Shape.Whole("How many there are on all pages.");

    private static (string, JsonObject) Total => ("totalCount?", TotalCount);

    private static JsonObject WholeOrPart(Schemas schemas, JsonTypeInfo shape) =>
        Shape.AnyOf(schemas.Of(shape), schemas.PartOf(shape));

    private static JsonObject Succeeded(IEnumerable<(string, JsonObject)> members) =>
        Shape.Object([("statusCode", Shape.Always(0)), .. members]);
}

/// <summary>The body that an endpoint reads.</summary>
/// <param name="MediaTypes">The types of content it may be sent as.</param>
internal sealed record Body(Func<Schemas, JsonObject> Schema, params IReadOnlyList<string> MediaTypes)
{
    private static readonly string[] Json = ["application/json"];

    public IReadOnlyList<string> MediaTypes { get; } = MediaTypes.Count == 0 ? Json : MediaTypes;
}

/// <summary>The class whose comment tells of an endpoint that has no handler of its own.</summary>
internal sealed record DescribedBy(Type Home);

/// <summary>What a parameter of a route or a query is.</summary>
internal sealed record DescribedParameter(string Name, string Meaning);

/// <summary>A header that an endpoint heeds.</summary>
internal sealed record HeededHeader(string Name, string Meaning);

/// <summary>One operation of an endpoint with a catch-all parameter.</summary>
/// <param name="Below">What stands for the catch-all parameter.</param>
internal sealed record ServedPath(string Method, string Below, string Summary, Answer Answer, Body? Body = null);

/// <summary>All operations of an endpoint with a catch-all parameter.</summary>
internal sealed record ServedPaths(IReadOnlyList<ServedPath> Paths);
