using System.Collections.Frozen;

namespace Parley.Server.Documents;

/// <summary>
/// <c>/docs</c>: a page that shows the documents of the API. It is made of files in the assembly and asks nobody else.
/// </summary>
internal static class DocumentPage
{
    private const string Prefix = "Parley.Server.docs.";

    /// <summary>Everything comes from this server; no script or style is inside the page.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var assembly = typeof(DocumentPage).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var file = resource[Prefix.Length..];
            var type = Types[Path.GetExtension(file)];
            routes.MapGet(file == "index.html" ? "/docs" : $"/docs/{file}", (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
                context.Response.Headers["Referrer-Policy"] = "no-referrer";
                return Results.Stream(assembly.GetManifestResourceStream(resource)!, type);
            }).ExcludeFromDescription();
        }
    }
}
