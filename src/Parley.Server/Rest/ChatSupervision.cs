using Parley.Agents;
using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Hosting;

namespace Parley.Server.Rest;

/// <summary>How a supervisor follows an agent's chats, read from the body of a request.</summary>
/// <remarks>
/// <c>{"operationName":"Coach","supervisorMonitoringMode":"NextChat","nickname":"Cleo"}</c>.
/// Source: "ChatSupervisor", "ChatMonitor", "ChatCoach", "ChatBargeIn", "ChatIntrude".
/// </remarks>
internal sealed class ChatSupervision(ChatParameters parameters, AgentHost agents)
{
    private const string Extent = "supervisorMonitoringMode";
    private const string Mode = "supervisorVisibilityMode";

    /// <summary>The wish to be brought along into the agent's next chats, or why there is none.</summary>
    public (Supervise? Operation, Rejection? Refused) Read(ChatRole role, AgentId agent, SignedInUser me, RequestBody body)
    {
        var nickname = parameters.Nickname(me, body);
        var extent = body.Text(Extent);
        if (extent is not (null or nameof(MonitoringExtent.AllChats) or nameof(MonitoringExtent.NextChat)))
            body.Refuse(Reason.InvalidInState, $"Parameter '{Extent}' must be 'AllChats' or 'NextChat'.");
        var most = extent == nameof(MonitoringExtent.NextChat) ? MonitoringExtent.NextChat : MonitoringExtent.AllChats;
        return body.Refused is { } refused ? (null, refused) : (new Supervise(agent, role, most, nickname), null);
    }

    /// <summary>As what the supervisor wants into a chat: as the body says, else as it follows the agent's chats.</summary>
    public (ChatRole? As, Rejection? Refused) Mood(AgentId agent, SignedInUser me, RequestBody body)
    {
        var mode = body.Text(Mode);
        if (body.Refused is { } refused) return (null, refused);
        ChatRole? role = mode switch
        {
            nameof(ChatRole.Monitor) => ChatRole.Monitor,
            nameof(ChatRole.Coach) => ChatRole.Coach,
            nameof(ChatRole.BargeIn) => ChatRole.BargeIn,
            null => agents.Find(me.Id).Supervising.GetValueOrDefault(agent)?.As,
            _ => null,
        };
        if (role is not null) return (role, null);
        return mode is null
            ? (null, new(Reason.ParameterMissing, $"Parameter '{Mode}' is required: you do not monitor this agent."))
            : (null, new(Reason.InvalidInState, $"Parameter '{Mode}' must be 'Monitor', 'Coach' or 'BargeIn'."));
    }
}
