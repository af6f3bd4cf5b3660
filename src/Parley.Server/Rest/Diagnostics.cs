using System.Reflection;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>Whether the server works, and which it is; open to anybody.</summary>
internal static class Diagnostics
{
    /// <summary>The version of the API that is spoken, which is what clients compare.</summary>
    private const string Dialect = "8.5.2";

    private static readonly string Build = typeof(Diagnostics).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void MapDiagnostics(this IEndpointRouteBuilder api)
    {
        api.MapGet("/diagnostics/version", Version).AllowAnonymous();
        api.MapGet("/diagnostics/ping", Ping).AllowAnonymous();
        api.MapGet("/ping", Ping).AllowAnonymous();
    }

    private static ApiAnswer Version() => ApiAnswer.With(writer =>
    {
        writer.WriteString("version", Dialect);
        writer.WriteString("build", Build);
    });

    private static ApiAnswer Ping(IEnumerable<IHealth> parts) =>
        ApiAnswer.From(parts.Select(p => p.Problem()).FirstOrDefault(p => p is not null));
}

/// <summary>A part of the server that may be unable to work; registered by whoever has one.</summary>
internal interface IHealth
{
    /// <summary>Why the part cannot work now, <see cref="Reason.Unavailable"/>; null if it can.</summary>
    Rejection? Problem();
}
