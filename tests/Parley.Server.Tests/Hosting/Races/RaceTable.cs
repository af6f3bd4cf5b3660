using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Server.Tests.Hosting.Races.Afterwards;
using static Parley.Server.Tests.Hosting.Races.Arena;
using static Parley.Server.Tests.Hosting.Races.Command;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>The table of races.</summary>
internal static class RaceTable
{
    private static readonly Command AnaAccepts = Of("Ana's Accept", _ => new Accept(Ana, "Ana"));
    private static readonly Command AnaAcceptsAgain = Of("Ana's Accept in another window", _ => new Accept(Ana, "Ana"));
    private static readonly Command AnaAcceptsOther = On(Other, "Ana's Accept of the other", _ => new Accept(Ana, "Ana"));
    private static readonly Command AnaRejects = Of("Ana's Reject", _ => new Reject(Ana));
    private static readonly Command TimeOut = Of("time-out", a => new RevokeOffer(Ana, a.Until, RevokeReason.NoAnswer));
    private static readonly Command AnaLeaves = Of("Ana's Leave", _ => new Leave(Ana, new Farewell("Goodbye")));
    private static readonly Command AnaCompletes = Of("Ana's Complete", _ => new Complete(Ana));
    private static readonly Command AnaTransfersToBen = Transfers(Ana, Ben, "Ana's Transfer to Ben");
    private static readonly Command AnaTransfersToCyd = Transfers(Ana, Cyd, "Ana's Transfer to Cyd");
    private static readonly Command AnaInvitesBen = Of("Ana's Invite of Ben", a => new Invite(Ana, User(Ben), a.Until));
    private static readonly Command AnaConsultsBen = Of("Ana's Consult of Ben", a => new Consult(Ana, User(Ben), a.Until));
    private static readonly Command AnaInvitesCyd = Of("Ana's Invite of Cyd", a => new Invite(Ana, User(Cyd), a.Until));
    private static readonly Command AnaRemovesBen = Removes(Ana, Ben, "Ana's removal of Ben");
    private static readonly Command AnaRemovesCyd = Removes(Ana, Cyd, "Ana's removal of Cyd");
    private static readonly Command AnaSends = Of("Ana's SendMessage", _ => new SendMessage(Ana, "Hello"));
    private static readonly Command AnaQueues = Of(
        "Ana's Transfer to the queue", a => new Transfer(Ana, new TransferTarget.Waiting(new QueueName("Support")), a.Until));

    private static readonly Command BenAccepts = Of("Ben's Accept", _ => new Accept(Ben, "Ben"));
    private static readonly Command BenLeaves = Of("Ben's Leave", _ => new Leave(Ben));
    private static readonly Command BenCompletes = Of("Ben's Complete", _ => new Complete(Ben));
    private static readonly Command BenTransfersToCyd = Transfers(Ben, Cyd, "Ben's Transfer to Cyd");
    private static readonly Command BenInvitesCyd = Of("Ben's Invite of Cyd", a => new Invite(Ben, User(Cyd), a.Until));
    private static readonly Command CydLeaves = Of("Cyd's Leave", _ => new Leave(Cyd));
    private static readonly Command CydWhispers = Of("Cyd's SendToAgents", _ => new SendToAgents(Cyd, "Refund it"));
    private static readonly Command CleoBargesIn = Of("Cleo's SwitchToBargeIn", _ => new SwitchToBargeIn(Cleo));
    private static readonly Command CleoFallsSilent = Of("Cleo's SwitchToMonitor", _ => new SwitchToMonitor(Cleo));
    private static readonly Command CleoLeaves = Of("Cleo's Leave", _ => new Leave(Cleo));
    private static readonly Command CleoTransfersToCyd = Transfers(Cleo, Cyd, "Cleo's Transfer to Cyd");
    private static readonly Command CleoIntrudes = Of("Cleo's Intrude", a => new Intrude(Cleo, Ana, ChatRole.Coach, a.Until));
    private static readonly Command SamIntrudes = Of("Sam's Intrude", a => new Intrude(Sam, Ana, ChatRole.Monitor, a.Until));
    private static readonly Command CustomerLeaves = Of("the customer's leaving", _ => new CustomerLeave(QuitReason.Left));
    private static readonly Command CustomerSays = Of("the customer's word", _ => new CustomerSend("Hello"));
    private static readonly Command Cancel =
        By(Cleo, "Cleo's CancelSupervisorMonitoring", new CancelSupervisorMonitoring(Ana));
    private static readonly Command AnaLogsOut = LogsOut(Ana, "Ana's log-out");
    private static readonly Command BenLogsOut = LogsOut(Ben, "Ben's log-out");
    private static readonly Command BenGoesOff =
        By(Ben, "Ben's NotReady", new ChangePresence(MediaChannel.Chat, _ => Presence.NotReady));

    public static ImmutableArray<Race> All { get; } =
    [
        new(Preparation.Waiting, Offers(Ana), Offers(Ben), Refused),
        new(Preparation.Offered, AnaAccepts, TimeOut, Refused),
        new(Preparation.Offered, AnaAccepts, AnaAcceptsAgain, Refused),
        new(Preparation.Offered, AnaAccepts, AnaRejects, Refused),
        new(Preparation.Followed, AnaAccepts, AnaAcceptsOther, Accepted),
        new(Preparation.Followed, AnaAccepts, Cancel, TwoIsRefused),
        new(Preparation.Talking, AnaTransfersToBen, AnaLeaves, TwoIsRefused),
        new(Preparation.Talking, AnaTransfersToBen, AnaTransfersToCyd, Refused),
        new(Preparation.Talking, AnaTransfersToBen, AnaConsultsBen, Refused),
        new(Preparation.Talking, AnaTransfersToBen, AnaQueues, Refused),
        new(Preparation.Talking, AnaInvitesBen, AnaConsultsBen, Refused),
        new(Preparation.Talking, AnaCompletes, AnaInvitesBen, TwoIsRefused),
        new(Preparation.Talking, AnaInvitesBen, BenGoesOff, OneIsRefused),
        new(Preparation.Talking, AnaCompletes, CleoIntrudes, TwoIsRefused),
        new(Preparation.Talking, CleoIntrudes, SamIntrudes, Accepted),
        new(Preparation.Asked, BenAccepts, AnaRemovesBen, OneIsRefused),
        new(Preparation.Asked, BenAccepts, AnaLeaves, OneIsRefused),
        new(Preparation.Asked, BenAccepts, AnaCompletes, OneIsRefused),
        new(Preparation.Asked, BenAccepts, AnaTransfersToCyd, Accepted),
        new(Preparation.Conference, AnaLeaves, BenLeaves, Accepted),
        new(Preparation.Conference, AnaCompletes, BenCompletes, TwoIsRefused),
        new(Preparation.Conference, AnaRemovesBen, BenLeaves, Refused),
        new(Preparation.Conference, AnaTransfersToCyd, BenTransfersToCyd, Refused),
        new(Preparation.Conference, AnaInvitesCyd, BenInvitesCyd, Refused),
        new(Preparation.Conference, AnaQueues, BenInvitesCyd, TwoIsRefused),
        new(Preparation.Full, AnaInvitesCyd, CydLeaves, Accepted),
        new(Preparation.Full, AnaTransfersToCyd, CydLeaves, Accepted),
        new(Preparation.Full, AnaRemovesCyd, CydLeaves, Refused),
        new(Preparation.Full, AnaRemovesCyd, CydWhispers, TwoIsRefused),
        new(Preparation.Full, AnaCompletes, CleoBargesIn, TwoIsRefused),
        new(Preparation.Full, CleoBargesIn, CleoFallsSilent, Accepted),
        new(Preparation.Full, CleoBargesIn, CleoLeaves, OneIsRefused),
        new(Preparation.Full, CleoTransfersToCyd, AnaTransfersToCyd, Refused),
        new(Preparation.Full, CleoTransfersToCyd, AnaSends, TwoIsRefused),
        new(Preparation.AfterChat, AnaCompletes, AnaTransfersToBen, Refused),
        new(Preparation.AfterChat, AnaLeaves, AnaCompletes, OneIsRefused),
        new(Preparation.TwoInAfterChat, AnaCompletes, BenCompletes, TwoIsRefused),
        .. Against(CustomerLeaves),
        .. Against(AnaLogsOut).Select(race => race with { Afterwards = Either }),
        .. Against(BenLogsOut).Select(race => race with { Afterwards = Either }),
    ];

    /// <summary>What comes from outside against all that may happen; what follows is said for a leaving customer.</summary>
    private static IEnumerable<Race> Against(Command outside) =>
    [
        new(Preparation.Waiting, outside, Offers(Ana), TwoIsRefused),
        new(Preparation.Offered, outside, AnaAccepts, TwoIsRefused),
        new(Preparation.Offered, outside, AnaRejects, TwoIsRefused),
        new(Preparation.Offered, outside, TimeOut, TwoIsRefused),
        new(Preparation.Followed, outside, AnaAccepts, TwoIsRefused),
        new(Preparation.Talking, outside, AnaLeaves, OneIsRefused),
        new(Preparation.Talking, outside, AnaCompletes, OneIsRefused),
        new(Preparation.Talking, outside, AnaTransfersToBen, Accepted),
        new(Preparation.Talking, outside, AnaInvitesBen, TwoIsRefused),
        new(Preparation.Talking, outside, CleoIntrudes, TwoIsRefused),
        new(Preparation.Talking, outside, CustomerSays, TwoIsRefused),
        new(Preparation.Asked, outside, BenAccepts, TwoIsRefused),
        new(Preparation.Asked, outside, AnaRemovesBen, TwoIsRefused),
        new(Preparation.Conference, outside, AnaLeaves, Accepted),
        new(Preparation.Conference, outside, BenLeaves, Accepted),
        new(Preparation.Conference, outside, BenTransfersToCyd, Accepted),
        new(Preparation.Full, outside, AnaInvitesCyd, TwoIsRefused),
        new(Preparation.Full, outside, AnaTransfersToCyd, Accepted),
        new(Preparation.Full, outside, CleoBargesIn, TwoIsRefused),
        new(Preparation.Full, outside, CleoTransfersToCyd, TwoIsRefused),
    ];

    private static TransferTarget User(AgentId agent) => new TransferTarget.User(agent);

    private static Command Offers(AgentId agent) => Of(
        $"an offer to {(agent == Ana ? "Ana" : "Ben")}", a => new Offer(agent, new QueueName("Support"), a.Until));

    private static Command Transfers(AgentId from, AgentId to, string name) =>
        Of(name, a => new Transfer(from, User(to), a.Until));

    private static Command Removes(AgentId by, AgentId target, string name) =>
        Of(name, _ => new RemoveParticipantFromConference(by, target));

    private static Command LogsOut(AgentId agent, string name) =>
        By(agent, name, new EndContactCenterSession(SessionEndReason.LoggedOut));
}
