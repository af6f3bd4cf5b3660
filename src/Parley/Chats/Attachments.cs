using System.Collections.Immutable;
using Parley.Agents;

namespace Parley.Chats;

/// <summary>
/// What a chat's events mean for the agents they name. Both sides are stored together or not at all, and that alone keeps a
/// chat from being offered twice and an agent from being given too many.
/// </summary>
public static class Attachments
{
    /// <summary>Whether both sides say the same of whether the agent has the chat, and whether it counts.</summary>
    public static bool Agree(Chat chat, AgentId id, Agent agent) =>
        chat.Part(id) is { IsOver: false } part
            ? agent.Chats.Contains(chat.Id) && agent.Attended.Contains(chat.Id) == !part.Role.Serves()
            : !agent.Chats.Contains(chat.Id);

    /// <summary>
    /// For each agent who gets or gives up the chat by these events, what has to happen on the agent's side, in order.
    /// </summary>
    public static ImmutableArray<(AgentId Agent, ImmutableArray<AgentSessionOperation> Operations)> Of(
        ChatId chat, IEnumerable<ChatEvent> events, Func<AgentId, int> capacityOf) =>
        [
            .. events.Select(e => e switch
                {
                    AgentInvited { As: ChatRole.Consultant } i => (i.Agent, new AttendChat(chat)),
                    AgentInvited i when i.As.Supervises() => (i.Agent, new FollowChat(chat)),
                    AgentInvited i => (i.Agent, new TakeChat(chat, capacityOf(i.Agent))),
                    AskedInVain a => (a.Agent, new BeAsked(a.As == ChatRole.Consultant ? null : capacityOf(a.Agent))),
                    AgentJoined { Watching: not null } j => (j.Agent, new FollowChat(chat, j.Watching)),
                    AgentRoleChanged r when r.As.Serves() => (r.Agent, new OwnChat(chat)),
                    AgentRejected r => (r.Agent, new ReleaseChat(chat)),
                    AgentRevoked r => (r.Agent, new ReleaseChat(chat)),
                    AgentCompleted c => (c.Agent, new ReleaseChat(chat)),
                    _ => ((AgentId Agent, AgentSessionOperation Operation)?)null,
                })
                .OfType<(AgentId Agent, AgentSessionOperation Operation)>()
                .GroupBy(change => change.Agent, change => change.Operation)
                .OrderBy(changes => changes.Key, AgentId.Order)
                .Select(changes => (changes.Key, changes.ToImmutableArray())),
        ];
}
