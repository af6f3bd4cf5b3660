using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Nodes;

/// <summary>CometD spoken to a node with which no session was begun, as agent1.</summary>
internal sealed class BayeuxElsewhere : IDisposable
{
    private static readonly Uri Path = new("/api/v2/notifications", UriKind.Relative);

    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public BayeuxElsewhere(Uri node)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = node };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("agent1:secret1")));
    }

    public async Task<JsonObject> Connect(string clientId) => await Send(new JsonObject
    {
        ["channel"] = "/meta/connect", ["clientId"] = clientId, ["connectionType"] = "long-polling", ["id"] = "1",
    });

    /// <summary>The node's name as a load balancer sees it, after a request.</summary>
    public async Task<string?> NodeCookie()
    {
        await Connect("nobody");
        return cookies.GetCookies(http.BaseAddress!)["PARLEY_NODE"]?.Value;
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonObject> Send(JsonObject message)
    {
        using var response = await http.PostAsJsonAsync(Path, new JsonArray(message));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray()[0]!.AsObject();
    }
}
