using System.Text.Json.Nodes;
using Parley.Server.Accounts;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Documents;

/// <summary>The refusals of the agents' API by HTTP status, each with the numbers that <c>statusCode</c> may be.</summary>
internal static class OpenApiRefusals
{
    /// <summary>What is refused apart from any <see cref="Reason"/>.</summary>
    private static readonly (int Http, int Code, string Meaning)[] Others =
    [
        (400, 2, "The body is not a JSON object."),
        (401, 20, "There are no credentials, or wrong ones."),
        (403, 3, "The CSRF token is missing, the page is of another origin, or the user belongs to another contact centre."),
        (403, 8, "The user must change the password first."),
        (413, 2, "The body is too long."),
        (415, 2, "The body is not sent as application/json."),
        (429, 3, "Too many attempts failed; the header Retry-After says when to try again."),
        (500, 4, "A bug: the server's log knows more."),
    ];

    /// <summary>Every refusal there is, for the components of the document.</summary>
    public static JsonObject All(Schemas schemas, DocComments comments)
    {
        var reasons = Enum.GetValues<Reason>().Select(reason =>
        {
            var (code, http) = ApiAnswer.Numbers(reason);
            return (Http: http, Code: code, Meaning: comments.Of(reason).Summary);
        });
        return new JsonObject(reasons.Concat(Others).GroupBy(r => r.Http).OrderBy(g => g.Key).Select(group => KeyValuePair.Create(
            Name(group.Key), (JsonNode?)new JsonObject
            {
                ["description"] = string.Join(
                    ' ', group.OrderBy(r => r.Code).Select(r => $"`statusCode` {r.Code}: {r.Meaning}").Distinct()),
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Failure(schemas) } },
            })));
    }

    /// <summary>Adds those that the endpoint can answer: by who may call it, its route and its body.</summary>
    public static void AddTo(JsonObject responses, RouteEndpoint endpoint, Body? body)
    {
        IEnumerable<int> statuses =
        [
            400,
            .. endpoint.Metadata.GetMetadata<IDemand>() is not null ? [401] : Array.Empty<int>(),
            403, 404,
            .. body is not null ? [413, 415] : Array.Empty<int>(),
            429, 500, 503,
        ];
        foreach (var status in statuses)
            Add(responses, status);
    }

    /// <summary>Adds all of one HTTP status.</summary>
    public static void Add(JsonObject responses, int status) =>
        responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{Name(status)}" };

    private static string Name(int http) => $"Refused{http}";

    private static JsonObject Failure(Schemas schemas) => schemas.Add("Failure", () => Shape.Object(
        ("statusCode", Shape.Whole("What went wrong, for programs; never 0.")),
        ("statusMessage", Shape.Text("What to change, for people who read logs; programs must not parse it.")))
        .Meaning("The answer to a request that was refused; nothing was changed."));
}
