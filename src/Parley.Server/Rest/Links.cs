namespace Parley.Server.Rest;

/// <summary>
/// How resources are addressed from outside: <c>uri</c> is absolute, <c>path</c> is what follows <c>/api/v2</c>.
/// </summary>
/// <param name="Server">Scheme, host and port as one client knows them.</param>
internal sealed record Links(string Server)
{
    /// <summary>The absolute address of <c>/users/3c9a…</c>.</summary>
    public string Uri(string path) => Server + Api.Base + path;

    /// <summary>The configured address of the server, or the one that this request was sent to.</summary>
    public static Links Of(HttpContext context)
    {
        var configured = context.RequestServices.GetRequiredService<RestOptions>().ExternalBaseUrl;
        return new Links(configured.Length > 0 ? configured.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}");
    }

    public static ValueTask<Links?> BindAsync(HttpContext context) => ValueTask.FromResult<Links?>(Of(context));

    public static string PathOfChat(ChatId id) => $"/chats/{id}";

    /// <summary>A chat as the first release called it.</summary>
    public static string PathOfInteraction(ChatId id) => $"/interactions/{id}";

    public static string PathOfUser(AgentId id) => $"/users/{id}";

    public static string PathOfContact(string id) => $"/contacts/{id}";

    public static string PathOfQueue(string id) => $"/queues/{id}";

    public static string PathOfSkill(string id) => $"/skills/{id}";

    public static string PathOfGroup(string id) => $"/groups/{id}";

    public static string PathOfFeature(string id) => $"/features/{id}";

    public static string PathOfSettings(string name) => $"/settings/{name}";
}
