using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests.Histories;

/// <summary>What histories reach, so that the generator cannot become weak unnoticed. They are the same every time.</summary>
public sealed class CoverageTests
{
    /// <summary>By operation: as what somebody was on a chat, and from which state to which it went.</summary>
    private static readonly string[] Transitions =
    [
        "Offer: Owner None>Invited", "Transfer: Owner None>Invited", "Transfer: Conferenced None>Invited",
        "Invite: Conferenced None>Invited", "Consult: Consultant None>Invited",
        "Intrude: Monitor None>Invited", "Intrude: Coach None>Invited", "Intrude: BargeIn None>Invited",
        "Accept: Owner Invited>Chatting", "Accept: Conferenced Invited>Chatting", "Accept: Consultant Invited>Chatting",
        "Accept: Monitor Invited>Chatting", "Accept: Coach Invited>Chatting", "Accept: BargeIn Invited>Chatting",
        "Accept: Monitor None>Chatting", "Accept: Coach None>Chatting", "Accept: BargeIn None>Chatting",
        "Accept: Owner Invited>JoinFailed",
        "Reject: Owner Invited>Completed", "Reject: Conferenced Invited>Completed", "Reject: Consultant Invited>Completed",
        "RevokeOffer: Owner Invited>Revoked", "RevokeOffer: Conferenced Invited>Revoked",
        "RevokeOffer: Consultant Invited>Revoked", "DetachAgent: Owner Invited>Revoked",
        "RemoveParticipantFromConference: Consultant Invited>Revoked",
        "RemoveParticipantFromConference: Conferenced Invited>Revoked",
        "CustomerLeave: Owner Invited>Revoked", "CustomerLeave: Consultant Invited>Revoked",
        "Leave: Owner Chatting>LeftChat", "Leave: Owner Chatting>Completed", "Leave: Conferenced Chatting>Completed",
        "Leave: Consultant Chatting>Completed", "Leave: Monitor Chatting>Completed", "Leave: Coach Chatting>Completed",
        "Leave: BargeIn Chatting>Completed", "Leave: Consultant Chatting>Revoked",
        "LeaveChatConsultation: Consultant Chatting>Completed",
        "LeaveAndComplete: Owner Chatting>Completed", "LeaveAndComplete: Conferenced Chatting>Completed",
        "LeaveAndComplete: Owner LeftChat>Completed",
        "CustomerLeave: Owner Chatting>LeftChat", "CustomerLeave: Conferenced Chatting>LeftChat",
        "CustomerLeave: Consultant Chatting>Revoked", "CustomerLeave: Monitor Chatting>Revoked",
        "CustomerLeave: Coach Chatting>Revoked", "CustomerLeave: BargeIn Chatting>Revoked",
        "RemoveParticipantFromConference: Conferenced Chatting>Completed",
        "RemoveParticipantFromConference: Consultant Chatting>Completed",
        "Complete: Owner Chatting>Completed", "Complete: Conferenced Chatting>Completed",
        "Complete: Owner LeftChat>Completed", "Complete: Conferenced LeftChat>Completed",
        "Complete: Conferenced LeftChat>Revoked", "Complete: Owner JoinFailed>Completed",
        "Complete: Conferenced Chatting>Revoked", "Complete: Consultant Chatting>Revoked", "Complete: Monitor Chatting>Revoked",
        "Transfer: Owner Chatting>Completed", "Transfer: Conferenced Chatting>Completed", "Transfer: Owner LeftChat>Completed",
        "Transfer: Owner Chatting>Revoked", "Transfer: Coach Chatting>Revoked", "Transfer: BargeIn Chatting>Revoked",
        "Transfer: Monitor Chatting>Revoked", "Transfer: Conferenced Chatting>Revoked",
        "CompleteTransfer: Owner Chatting>Completed",
        "DetachAgent: Owner Chatting>Revoked", "DetachAgent: Conferenced Chatting>Revoked",
        "DetachAgent: Owner LeftChat>Completed", "DetachAgent: Owner JoinFailed>Completed",
    ];

    /// <summary>By the state in which it happened: from which role to which somebody went.</summary>
    private static readonly string[] Roles =
    [
        "Chatting: Monitor to Coach", "Chatting: Monitor to BargeIn", "Chatting: Coach to Monitor",
        "Chatting: Coach to BargeIn", "Chatting: BargeIn to Monitor", "Chatting: BargeIn to Coach",
        "Chatting: Consultant to Owner", "Chatting: Consultant to Conferenced", "Chatting: Coach to Owner",
        "Chatting: Coach to Conferenced", "Chatting: Conferenced to Owner", "LeftChat: Conferenced to Owner",
    ];

    private static readonly string[] Failures =
    [
        "HelpFailed: Rejected", "HelpFailed: NoAnswer", "HelpFailed: CustomerLeft", "HelpFailed: NotReady",
        "HelpFailed: LoggedOut", "HelpFailed: Withdrawn",
    ];

    private readonly Dictionary<string, int> reached = [];

    [Fact]
    public void Histories_reach_every_role_transition_and_ending()
    {
        Playing.PlayTheSame(350, history =>
        {
            ChatOperation asked = null!;
            history.Center.Accepted += (_, operation) => asked = operation;
            history.Center.Told = commit => Note(asked, commit);
            return () => { };
        });

        foreach (var (what, times) in reached.OrderBy(r => r.Key))
            TestContext.Current.TestOutputHelper?.WriteLine($"{times,6} {what}");
        var reasons = Enum.GetValues<RevokeReason>().Select(why => $"Revoked: {why}");
        Assert.Empty(Transitions.Concat(Roles).Concat(Failures).Concat(reasons).Except(reached.Keys));
    }

    private void Note(ChatOperation asked, ChatCommit commit)
    {
        foreach (var part in commit.After.Agents.Values)
        {
            var before = commit.Before.Part(part.Agent);
            var was = before is { IsOver: false } ? $"{before.State}" : "None";
            if (was == "None" && part.IsOver || was == $"{part.State}") continue;
            var role = was == "None" ? part.Role : before!.Role;
            Reach($"{asked.GetType().Name}: {role} {was}>{part.State}");
        }
        foreach (var e in commit.Events)
        {
            if (e is AgentRevoked r) Reach($"Revoked: {r.Why}");
            if (e is AgentRoleChanged c && commit.Before.Part(c.Agent) is { } part) Reach($"{part.State}: {part.Role} to {c.As}");
        }
        foreach (var failed in commit.Concerned.SelectMany(commit.NewsFor).OfType<News.HelpFailed>())
            Reach($"HelpFailed: {failed.Why?.ToString() ?? "Rejected"}");
    }

    private void Reach(string what) => reached[what] = reached.GetValueOrDefault(what) + 1;
}
