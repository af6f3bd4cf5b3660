using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Documents;

/// <summary>The OpenAPI document is complete, and says something about everything in it.</summary>
public sealed class OpenApiTests(SharedDemo demo) : IClassFixture<SharedDemo>
{
    /// <summary>What a parameter of a route must look like is no part of the address.</summary>
    private static readonly Regex Constraint = new(":[a-z]+}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private StartedServer Server => demo.Started;

    [Theory]
    [InlineData("/openapi/v1.json", "openapi", "3.1.1")]
    [InlineData("/asyncapi/v1.json", "asyncapi", "3.0.0")]
    public async Task Anybody_may_read_the_document(string path, string member, string version)
    {
        using var answer = await Server.Get(path).Raw();
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", string.Join(',', answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(version, JsonNode.Parse(await answer.Content.ReadAsStringAsync())![member]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_endpoint_of_the_server_is_in_the_document()
    {
        var document = await Read();
        var described = document.Operations.Select(o => $"{o.Method} {o.Path}").ToHashSet();
        var missing = Endpoints().Where(e => !described.Any(d => IsOf(d, e.Method, e.Path))).Select(e => $"{e.Method} {e.Path}");
        Assert.Equal([], missing);
    }

    [Fact]
    public async Task Nothing_is_in_the_document_that_the_server_does_not_map()
    {
        var mapped = Endpoints().ToList();
        var invented = (await Read()).Operations.Select(o => $"{o.Method} {o.Path}")
            .Where(d => !mapped.Any(e => IsOf(d, e.Method, e.Path)));
        Assert.Equal([], invented);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_answers_and_what_its_parameters_are()
    {
        var silent = from o in (await Read()).Operations
                     from wrong in WhatIsNotSaid(o.Operation)
                     select $"{o.Method} {o.Path}: {wrong}";
        Assert.Equal([], silent);
    }

    [Fact]
    public async Task Every_post_of_agents_says_what_it_takes()
    {
        string[] withoutBody = ["/api/v2/logout"];
        var silent = (await Read()).Operations
            .Where(o => o is { Method: "POST" } && !withoutBody.Contains(o.Path) && o.Operation["requestBody"] is null)
            .Select(o => o.Path);
        Assert.Equal([], silent);
    }

    [Fact]
    public async Task Every_property_of_a_wire_record_is_explained()
    {
        foreach (var path in (string[])["/openapi/v1.json", "/asyncapi/v1.json"])
        {
            var silent = from schema in (await Read(path)).Root["components"]!["schemas"]!.AsObject()
                         where schema.Key.EndsWith("Resource", StringComparison.Ordinal) || path.Contains("async")
                         from property in schema.Value!["properties"]!.AsObject()
                         where property.Value!["description"]?.GetValue<string>() is not { Length: > 0 }
                         select $"{schema.Key}.{property.Key}";
            Assert.Equal([], silent);
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own()
    {
        foreach (var path in (string[])["/openapi/v1.json", "/asyncapi/v1.json"])
        {
            var document = await Read(path);
            Assert.All(References(document.Root), reference => document.Check.Resolve(reference));
        }
        var ids = (await Read()).Operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    private async Task<ApiDocument> Read(string path = "/openapi/v1.json")
    {
        using var answer = await Server.Get(path).Raw();
        return new ApiDocument(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private IEnumerable<(string Method, string Path)> Endpoints() =>
        from endpoint in Server.The<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]
        select (method, Constraint.Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "}"));

    /// <summary>A catch-all parameter stands for anything, or for nothing.</summary>
    private static bool IsOf(string described, string method, string path)
    {
        if (!path.Contains("{**", StringComparison.Ordinal)) return described == $"{method} {path}";
        var before = path[..path.IndexOf("/{**", StringComparison.Ordinal)];
        var at = described[(described.IndexOf(' ') + 1)..];
        return at == before || at.StartsWith(before + "/", StringComparison.Ordinal);
    }

    private static IEnumerable<string> WhatIsNotSaid(JsonObject operation)
    {
        if (operation["summary"]?.GetValue<string>() is not { Length: > 10 }) yield return "no summary";
        if (operation["tags"]![0]!.GetValue<string>().Length == 0) yield return "no tag";
        if (operation["responses"]!["200"] is null) yield return "no success";
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if (parameter!["description"]?.GetValue<string>() is not { Length: > 0 })
                yield return $"parameter {parameter["name"]} is not explained";
        }
    }

    private static IEnumerable<JsonObject> References(JsonNode? node) => node switch
    {
        JsonObject o when o.ContainsKey("$ref") => [o],
        JsonObject o => o.SelectMany(member => References(member.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
