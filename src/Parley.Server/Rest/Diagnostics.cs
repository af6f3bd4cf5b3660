using System.Reflection;
using Parley.Server.Documents;
using Parley.Server.Operation.Health;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>Whether the server works, and which it is; open to anybody.</summary>
internal static class Diagnostics
{
    /// <summary>The version of the API that is spoken, which is what clients compare.</summary>
    public const string Dialect = "8.5.2";

    private static readonly string Build = typeof(Diagnostics).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void MapDiagnostics(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("").WithTags("Diagnostics").AllowAnonymous();
        open.MapGet("/diagnostics/version", Version).Answers(Answer.With(
            ("version", _ => Shape.Text("The version of the API.")), ("build", _ => Shape.Text("The version of Parley."))));
        open.MapGet("/diagnostics/ping", Ping).Answers(Answer.Nothing);
        open.MapGet("/ping", Ping).Answers(Answer.Nothing);
    }

    /// <summary>Which version of the API is spoken, and by which build.</summary>
    private static ApiAnswer Version() => ApiAnswer.With(writer =>
    {
        writer.WriteString("version", Dialect);
        writer.WriteString("build", Build);
    });

    /// <summary>Whether the server works: HTTP 503 if a part of it cannot.</summary>
    private static ApiAnswer Ping(IEnumerable<IHealth> parts) =>
        ApiAnswer.From(parts.Select(p => p.Problem()).FirstOrDefault(p => p is not null));
}
