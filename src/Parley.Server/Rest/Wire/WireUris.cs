using Parley.Chats;

namespace Parley.Server.Rest.Wire;

/// <summary>Absolute links as one client sees the server; a path is the part after <c>/api/v2</c>.</summary>
/// <param name="Base">Scheme, host and port, without a slash at the end.</param>
internal readonly record struct WireUris(string Base)
{
    public static string ChatPath(ChatId chat) => $"/chats/{chat.Value}";

    public static string UserPath(AgentId user) => $"/users/{user.Value}";

    public string Chat(ChatId chat) => Of(ChatPath(chat));

    public string User(AgentId user) => Of(UserPath(user));

    public string Of(string path) => $"{Base}/api/v2{path}";
}
