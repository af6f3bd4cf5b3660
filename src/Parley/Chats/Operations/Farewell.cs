namespace Parley.Chats.Operations;

/// <summary>A last text that goes out before its sender is detached, so that everyone present still reads it.</summary>
/// <remarks>
/// Of who is hidden from the customer, the agents read it. When the session is already over, or nobody is to notice the
/// sender, there is nobody to read it, and it is left out.
/// </remarks>
public sealed record Farewell(string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal)
{
    internal static ChatEvent[] From(AgentId agent, Farewell? farewell, Chat chat) =>
        farewell is null || chat.Part(agent) is not { IsChatting: true, Role: not ChatRole.Monitor }
            ? []
            : [new AgentSaid(agent, farewell.Text, farewell.MessageType, farewell.TreatAs)];
}
