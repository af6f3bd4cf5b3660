using System.Collections.Immutable;
using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Testing.Histories;

/// <summary>Everything that an agent can ask for, with valid parameters; what is said has the word in it.</summary>
internal static class Repertoire
{
    /// <summary>Where a chat is passed on to.</summary>
    public static readonly QueueName Billing = new("Billing");

    /// <summary>What an invited agent answers.</summary>
    public static ImmutableArray<AgentOperation> Answers(AgentId agent, string word) =>
        [new Accept(agent, word), new Accept(agent, word, SaveLastAgent.Yes), new Reject(agent)];

    public static ImmutableArray<AgentOperation> Talk(AgentId agent, string word) =>
    [
        new SendMessage(agent, $"Now {word}", "Greeting", TreatAs.System),
        new SendStartTypingNotification(agent),
        new SendStopTypingNotification(agent),
        new SendUrl(agent, $"https://shop.example.test/{word}"),
        new SendCustomNotice(agent, $"form={word}"),
        new SendToAgents(agent, $"Among us: {word}"),
        new SendStartTypingToAgentsNotification(agent),
        new SendStopTypingToAgentsNotification(agent),
        new SendCustomNoticeToAgents(agent, $"form={word}"),
    ];

    public static ImmutableArray<AgentOperation> Notes(AgentId agent, string word) =>
    [
        new SetInFocus(agent),
        new SetInFocus(agent, Focus.Elsewhere),
        new SetDisposition(agent, $"Solved {word}"),
        new AttachUserData(agent, UserDataRules.Empty.Add("OrderNo", DataValue.Of($"A-{word}"))),
        new UpdateUserData(agent, UserDataRules.Empty.Add("OrderNo", DataValue.Null)),
        new DeleteUserData(agent, ["OrderNo"]),
    ];

    public static ImmutableArray<AgentOperation> Switches(AgentId agent) =>
        [new SwitchToMonitor(agent), new SwitchToCoach(agent), new SwitchToBargeIn(agent)];

    public static ImmutableArray<AgentOperation> Exits(AgentId agent, string word) =>
    [
        new Leave(agent),
        new Leave(agent, new Farewell($"Goodbye {word}")),
        new LeaveAndComplete(agent, Farewell: new Farewell($"Goodbye {word}")),
        new Complete(agent),
        new Complete(agent, Billing, SaveLastAgent.Yes, new Farewell($"Goodbye {word}")),
    ];

    /// <summary>Every operation that needs nobody else and is a capability under its name.</summary>
    public static ImmutableArray<AgentOperation> Alone(AgentId agent, string? word = null)
    {
        var said = word ?? Confidences.Word(0);
        return [.. Answers(agent, said), .. Talk(agent, said), .. Notes(agent, said), .. Switches(agent), .. Exits(agent, said)];
    }

    /// <summary>The same of those that are towards somebody.</summary>
    public static ImmutableArray<AgentOperation> Towards(
        AgentId agent, TransferTarget there, AgentId colleague, DateTimeOffset until, string? word = null) =>
    [
        new Transfer(agent, there, until, word is null ? null : new Farewell($"Goodbye {word}")),
        new Invite(agent, there, until),
        new Consult(agent, there, until),
        new RemoveParticipantFromConference(agent, colleague, word is null ? null : new Farewell($"Thanks {word}")),
    ];

    /// <summary>Operations that are no capability of their own.</summary>
    public static ImmutableArray<AgentOperation> Unlisted(AgentId agent) =>
    [
        new CompleteTransfer(agent), new CompleteConference(agent), new LeaveChatConsultation(agent),
        new RequestChatHistory(agent, 2),
    ];
}
