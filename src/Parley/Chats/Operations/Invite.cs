using Parley.Agents;

namespace Parley.Chats.Operations;

/// <summary>An agent asks another into the chat: the two ways of doing so.</summary>
/// <param name="Until">How long the target has to answer.</param>
public abstract record CallForHelp(AgentId Agent, TransferTarget To, DateTimeOffset Until) : AgentOperation(Agent)
{
    /// <summary>What the target becomes.</summary>
    protected abstract ChatRole As { get; }

    public override ChatOperation Informed(Chat chat, Workforce workforce) =>
        To is TransferTarget.Waiting there ? this with { To = there.Informed(chat, Agent, workforce) } : this;

    public override bool IsOpen(Chat chat) => chat.IsChatting(Agent);

    public override bool IsFor(ChatRole role) => role is not (ChatRole.Consultant or ChatRole.Monitor);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => To.Ask(chat, Agent, Until, As);
}

/// <summary>An agent asks another into the conversation with the customer.</summary>
/// <remarks>
/// Once accepted, everyone sees the new agent. A consultant or coach is brought before the customer without being asked again.
/// Whoever asked is told by an Error if the answer is no, if there is none, or if the invitation is withdrawn.
/// Refused: InvalidInState unless the agent is Chatting, for oneself as the target, for a target who takes part already, was
/// asked already or is not ready; Forbidden for consultants and silent supervisors.
/// Source: Web Services API Reference, "ChatInviteUser".
/// </remarks>
public sealed record Invite(AgentId Agent, TransferTarget To, DateTimeOffset Until) : CallForHelp(Agent, To, Until)
{
    protected override ChatRole As => ChatRole.Conferenced;

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        To.Promotable(chat, Agent) is { } colleague ? [new AgentRoleChanged(colleague, As)] : base.Effects(chat);
}

/// <summary>An agent asks another for advice inside the chat; the customer does not notice.</summary>
/// <remarks>
/// Whoever asked is told by an Error if the answer is no, if there is none, or if the request is withdrawn.
/// Refused: as Invite, and for a consultant as the target.
/// Source: Web Services API Reference, "ChatConsult".
/// </remarks>
public sealed record Consult(AgentId Agent, TransferTarget To, DateTimeOffset Until) : CallForHelp(Agent, To, Until)
{
    protected override ChatRole As => ChatRole.Consultant;


}
