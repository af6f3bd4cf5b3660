using Parley.Bayeux;

namespace Parley.Server.Customers;

/// <summary>Who stands at a door, as far as limits and services ask.</summary>
/// <param name="Address">The network address, by which limits count: of an IPv6 address its network.</param>
/// <param name="ApiKey">What it showed where services demand keys, in either header; empty if nothing.</param>
internal sealed record Caller(string Address, string ApiKey)
{
    public static Caller Of(HttpContext context)
    {
        string?[] keys = [.. context.Request.Headers["apikey"], .. context.Request.Headers["x-api-key"]];
        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        return new Caller(network.ToString(), keys.FirstOrDefault(k => k is { Length: > 0 }) ?? "");
    }
}
