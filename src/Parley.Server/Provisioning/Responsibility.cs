using Parley.Chats;

namespace Parley.Server.Provisioning;

/// <summary>Who is responsible for whom: whose chats may be followed, whose state be set, whose changes be told.</summary>
/// <remarks>
/// A supervisor is responsible for everybody in the same business units; where the contact centre has no business units, for
/// everybody in it. An administrator, and another server, is responsible for everybody. Nobody is responsible for themselves.
/// Source: "Roles"; "Business Unit API".
/// </remarks>
internal sealed class Responsibility(ContactCenter center)
{
    private readonly IReadOnlyList<User> bearers = [.. center.Users.Where(IsBorneBy)];

    /// <summary>Whether the user may be responsible for others at all.</summary>
    public static bool IsBorneBy(User user) => user.Roles.Contains(Role.Supervisor) || IsAdministrator(user);

    /// <summary>Whether the one is responsible for the other.</summary>
    public bool Covers(User responsible, User user) =>
        responsible.Id != user.Id
        && (IsAdministrator(responsible) || (responsible.Roles.Contains(Role.Supervisor) && ShareGroup(responsible, user)));

    /// <summary>Everybody who is responsible for the user.</summary>
    public IEnumerable<AgentId> For(AgentId id) =>
        center.Users.ById(id) is { } user ? bearers.Where(bearer => Covers(bearer, user)).Select(bearer => bearer.Id) : [];

    /// <summary>The agent on the chat, its owner first, whose chats the user may look at; null when there is none.</summary>
    public AgentId? WhomOf(User responsible, Chat chat) => chat.Attached
        .OrderBy(part => part.Role)
        .Select(part => (AgentId?)part.Agent)
        .FirstOrDefault(agent => center.Users.ById(agent!.Value) is { } user && Covers(responsible, user));

    private static bool IsAdministrator(User user) => user.Roles.Contains(Role.Admin) || user.Roles.Contains(Role.ApiUser);

    private bool ShareGroup(User supervisor, User user) =>
        center.Groups.Count == 0 || supervisor.Groups.Any(group => user.Groups.Contains(group));
}
