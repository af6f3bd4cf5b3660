using System.Net;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Documents;
using Parley.Server.Operation.Overload;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Operation.Metrics;

/// <summary><c>/metrics</c>: what is measured, for Prometheus and whatever reads its format.</summary>
internal sealed class MetricsEndpoint(Collector collector, MetricsOptions options, RestOptions rest)
{
    public const string Path = "/metrics";

    private static readonly Rejection NotAllowed = new(
        Reason.NotPermitted,
        "Metrics are for the networks of Parley:Metrics:Networks, and for whoever sends the token of Parley:Metrics:Token.");

    private readonly IPNetwork[] networks = [.. options.Networks.Select(IPNetwork.Parse)];
    private readonly byte[] token = Encoding.UTF8.GetBytes(options.Token);

    public static void Map(IEndpointRouteBuilder routes, MetricsEndpoint endpoint) =>
        routes.MapGet(Path, endpoint.Read).WithTags("Operation").WithoutCounting()
            .WithSummary("What is measured, in the text format of Prometheus 0.0.4.")
            .Answers(new Answer(_ => Shape.Text()) { Meaning = "The metrics.", MediaType = "text/plain" });

    private IResult Read(HttpContext context) => IsAllowed(context)
        ? Results.Text(Exposition.Of(collector.Look()), Exposition.ContentType)
        : ApiAnswer.Refused(NotAllowed);

    private bool IsAllowed(HttpContext context)
    {
        if (token.Length > 0 && BringsToken(context.Request)) return true;
        // behind a proxy everybody seems to be the proxy
        if (!rest.TrustForwardedHeaders && IsForwarded(context.Request)) return false;
        return context.Connection.RemoteIpAddress is { } address
            && networks.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
    }

    private bool BringsToken(HttpRequest request) =>
        request.Headers.Authorization is [{ } sent] && sent.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent["Bearer ".Length..].Trim()), token);

    private static bool IsForwarded(HttpRequest request) =>
        request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded")
        || request.Headers.ContainsKey("X-Real-IP") || request.Headers.ContainsKey("Via");
}
