using Parley.Chats;

namespace Parley.Agents;

/// <summary>A supervisor's wish to be brought along into chats that an agent accepts.</summary>
/// <param name="As">Monitor, Coach or BargeIn.</param>
/// <param name="Nickname">The name under which the supervisor joins.</param>
/// <remarks>Source: Web Services API Reference, "ChatSupervisor".</remarks>
public sealed record Supervision(ChatRole As, MonitoringExtent Extent, string Nickname);

/// <summary>How many of an agent's chats a supervisor follows; the names are those of <c>supervisorMonitoringMode</c>.</summary>
public enum MonitoringExtent
{
    AllChats,

    /// <summary>It ends by itself with the first chat joined.</summary>
    NextChat,
}
