using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing.Histories;

namespace Parley.Tests.Histories;

/// <summary>Whatever is listed works when it is used with valid parameters, and nothing else does.</summary>
public sealed class CapabilityTests
{
    private static readonly AgentId Spare = new("spare");

    [Fact]
    public void CapabilitiesAgreeWithDecisions() => Playing.Play(80, history =>
    {
        Chat? changed = null;
        history.Center.Told = commit => changed = commit.After;
        return () =>
        {
            if (changed is not { } chat) return;
            foreach (var agent in history.Center.Agents.Keys) Check(agent, chat);
            changed = null;
        };
    });

    private static void Check(AgentId agent, Chat chat)
    {
        var capabilities = Capabilities.Of(chat, agent);
        var removable = Removable(agent, chat);
        var towards = Repertoire.Towards(agent, new TransferTarget.User(Spare), removable ?? Spare, Cast.Noon);
        foreach (var operation in Repertoire.Alone(agent).Concat(towards))
        {
            var decision = operation.Decide(chat);
            var refused = decision.Refused;
            if (refused is not null) Assert.Empty(decision.Events);
            if (chat.Part(agent) is not { IsOver: false } part)
            {
                Assert.Equal(Reason.NotFound, refused?.Reason);
                Assert.Empty(capabilities);
            }
            else if (capabilities.Contains(operation.Name))
            {
                // a queue is for who finishes the interaction; and there may be nobody who can be removed
                var isVoid = operation is Complete { Queue: not null } && part.Role != ChatRole.Owner
                    || operation is RemoveParticipantFromConference && removable is null;
                Assert.True(isVoid || refused is null, $"{operation.Name} is listed and refused: {refused?.Message}");
            }
            else if (refused is not null)
            {
                Assert.True(refused.Reason is Reason.InvalidInState or Reason.Forbidden, $"{operation.Name}: {refused.Reason}");
            }
            else
            {
                Assert.True(IsQuietlyAccepted(operation, part, chat), $"{operation.Name} is accepted without being listed");
            }
        }
    }

    /// <summary>
    /// A guest whom the agent may send away; else whom it asked and who has not answered, or as the owner whom somebody asked
    /// who is gone.
    /// </summary>
    private static AgentId? Removable(AgentId agent, Chat chat) => chat.Attached
        .Where(p => p.Agent != agent && p.Role is ChatRole.Conferenced or ChatRole.Consultant && !p.IsInvited && p.IsChatting)
        .Concat(chat.Attached.Where(p => IsToWithdraw(p, agent, chat)))
        .FirstOrDefault()?.Agent is { } found && found != agent ? found : null;

    private static bool IsQuietlyAccepted(AgentOperation operation, AgentPart part, Chat chat) => operation switch
    {
        LeaveAndComplete => part.State == AgentChatState.LeftChat,
        RemoveParticipantFromConference r =>
            chat.Part(r.Target) is { } asked && IsToWithdraw(asked, part.Agent, chat),
        _ => false,
    };

    private static bool IsToWithdraw(AgentPart asked, AgentId agent, Chat chat) =>
        asked.IsAskedForHelp
        && (asked.InvitedBy == agent || (asked.InvitedBy is null && chat.Part(agent) is { Role: ChatRole.Owner }));
}
