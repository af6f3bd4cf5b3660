using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>An agent's desktop reduced to HTTP: the REST API, and a Bayeux listener on demand.</summary>
internal sealed class AgentClient : IAsyncDisposable
{
    public const string Chats = "/v2/me/chats";
    public const string Channels = "/v2/me/channels";

    private readonly CookieContainer cookies = new();
    private readonly BayeuxListener listener;

    /// <param name="server">The server's address.</param>
    /// <param name="userName">The login name, or null to send no credentials at all.</param>
    /// <param name="password">The password.</param>
    public AgentClient(Uri server, string? userName, string? password)
    {
        UserName = userName ?? "";
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies })
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (userName is not null) Http.DefaultRequestHeaders.Authorization = Basic(userName, password);
        listener = new BayeuxListener(Http);
    }

    public string UserName { get; }

    public HttpClient Http { get; }

    public BayeuxListener Listener => listener;

    public Inbox Inbox => listener.Inbox;

    /// <summary>The cookies it has, as one header.</summary>
    public string Cookies => cookies.GetCookieHeader(Http.BaseAddress!);

    /// <summary>Goes on with the cookies alone.</summary>
    public void ForgetCredentials() => Http.DefaultRequestHeaders.Authorization = null;

    public async Task<Answer> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        return await Answer.Read(response);
    }

    /// <summary>Posts a JSON text as it stands, well-formed or not.</summary>
    public async Task<Answer> Post(string path, string json, string mediaType = "application/json")
    {
        using var content = new StringContent(json, Encoding.UTF8, mediaType);
        using var response = await Http.PostAsync(path, content);
        return await Answer.Read(response);
    }

    /// <summary>Posts an operation on one of the agent's chats; parameters beside <c>operationName</c>.</summary>
    public Task<Answer> Do(string chatId, string operationName, JsonObject? parameters = null)
    {
        var body = parameters ?? [];
        body["operationName"] = operationName;
        return Post($"/api/v2/me/chats/{chatId}", body.ToJsonString());
    }

    /// <summary>The agent's chats in full, as a fresh GET tells.</summary>
    public async Task<JsonArray> ReadChats() =>
        (await Get("/api/v2/me/chats?fields=*")).Succeeded().Body["chats"]!.AsArray();

    public async Task<JsonArray> ReadMessages(string chatId) =>
        (await Get($"/api/v2/me/chats/{chatId}/messages")).Succeeded().Body["messages"]!.AsArray();

    /// <summary>The signed-in user's id.</summary>
    public async Task<string> ReadId() =>
        (await Get("/api/v2/me")).Succeeded().Body["user"]!["id"]!.GetValue<string>();

    /// <summary>Listens to chats and channels and starts the contact-centre session, not ready yet.</summary>
    public async Task SignIn()
    {
        await listener.Start(Chats, Channels);
        (await Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
    }

    /// <summary>Goes ready and waits until the server says so.</summary>
    public async Task GoReady()
    {
        (await Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();
        while (StateIn(await Inbox.Next(Channels, "Ready")) != "Ready")
        {
        }
    }

    /// <summary>Takes the next chat event, which must be the offer of a chat, and answers the chat's id.</summary>
    public async Task<string> NextOffer()
    {
        var data = await Inbox.Next(Chats, "an offer");
        Assert.Equal("Invited", data["chat"]?["state"]?.GetValue<string>());
        return data["chat"]!["id"]!.GetValue<string>();
    }

    /// <summary>Waits for an offer, accepts it and takes the three notifications; answers the chat's id.</summary>
    public async Task<string> AcceptNext()
    {
        var chat = await NextOffer();
        (await Do(chat, "Accept")).Succeeded();
        for (var i = 0; i < 3; i++) await Inbox.Next(Chats, "the outcome of Accept");
        return chat;
    }

    /// <summary>
    /// Waits until everything decided so far has been told: the agent sets the state of its channel to what it is, and the event
    /// comes after all that happened before.
    /// </summary>
    public async Task HearsOut()
    {
        var channel = (await Get("/api/v2/me/channels/chat")).Succeeded().Body["channel"]!;
        Inbox.TakeAll(Channels);
        (await Post("/api/v2/me/channels/chat", $$"""{"operationName":"{{channel["userState"]!["state"]}}"}""")).Succeeded();
        await Inbox.Next(Channels, "the fence");
    }

    public static string? StateIn(JsonObject channelEvent) =>
        channelEvent["channels"]?[0]?["userState"]?["state"]?.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        Http.Dispose();
    }

    private static AuthenticationHeaderValue Basic(string userName, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}")));
}
