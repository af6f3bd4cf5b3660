using System.Net;

namespace Parley.Server.Provisioning;

/// <summary>Which of the addresses a server is told to listen on can be reached from other machines.</summary>
internal static class LoopbackOnly
{
    public static IEnumerable<string> Violations(IConfiguration configuration) =>
        Addresses(configuration).Where(a => !IsLoopback(a));

    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>());

    private static bool IsLoopback(string address)
    {
        // "http://*:80" and "http://+:80" are addresses to Kestrel but not URIs
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) return false;
        return uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
