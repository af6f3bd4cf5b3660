namespace Parley.Server.Customers;

/// <summary>Who stands at a door, as far as limits and services ask.</summary>
/// <param name="Address">The network address, by which limits count.</param>
/// <param name="ApiKey">What it showed where services demand keys; empty if nothing.</param>
internal sealed record Caller(string Address, string ApiKey)
{
    public static Caller Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        context.Request.Headers["apikey"] is [{ Length: > 0 }, ..] key ? $"{key}" : $"{context.Request.Headers["x-api-key"]}");
}
