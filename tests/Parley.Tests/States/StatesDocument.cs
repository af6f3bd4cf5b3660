using System.Runtime.CompilerServices;
using System.Text;
using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.States;

/// <summary>
/// <c>docs/states.md</c>: what each operation leads to in each state and role, asked of the operations themselves.
/// </summary>
internal static class StatesDocument
{
    private static readonly AgentId Dave = new("7c1e0b5d4f5a4e07a2b6c1d93e48f003");

    /// <summary>The rows: an operation with valid parameters, of this agent towards that colleague.</summary>
    public static IReadOnlyList<(string Name, Func<AgentId, AgentId?, AgentOperation?> Of)> Rows { get; } =
    [
        Row(me => new Accept(me, "")),
        Row(me => new Reject(me)),
        Row(me => new SendMessage(me, "")),
        Row(me => new SendStartTypingNotification(me)),
        Row(me => new SendStopTypingNotification(me)),
        Row(me => new SendUrl(me, "")),
        Row(me => new SendCustomNotice(me, "")),
        Row(me => new SendToAgents(me, "")),
        Row(me => new SendStartTypingToAgentsNotification(me)),
        Row(me => new SendStopTypingToAgentsNotification(me)),
        Row(me => new SendCustomNoticeToAgents(me, "")),
        Row(me => new Transfer(me, Towards(Dave), default), "to Dave"),
        Here(nameof(Transfer), (me, there) => new Transfer(me, Towards(there), default)),
        Row(me => new Transfer(me, new TransferTarget.Waiting(PostProcessing), default), "to a queue"),
        Row(me => new Consult(me, Towards(Dave), default), "Dave"),
        Here(nameof(Consult), (me, there) => new Consult(me, Towards(there), default)),
        Row(me => new Invite(me, Towards(Dave), default), "Dave"),
        Here(nameof(Invite), (me, there) => new Invite(me, Towards(there), default)),
        Row(me => new RemoveParticipantFromConference(me, Dave), "Dave"),
        Here(nameof(RemoveParticipantFromConference), (me, there) => new RemoveParticipantFromConference(me, there)),
        Row(me => new Leave(me)),
        Row(me => new LeaveAndComplete(me)),
        Row(me => new Complete(me)),
        Row(me => new Complete(me, PostProcessing), "into a queue"),
        Row(me => new SetInFocus(me)),
        Row(me => new SetDisposition(me, "")),
        Row(me => new AttachUserData(me, UserDataRules.Empty)),
        Row(me => new UpdateUserData(me, UserDataRules.Empty)),
        Row(me => new DeleteUserData(me, [])),
        Row(me => new SwitchToMonitor(me)),
        Row(me => new SwitchToCoach(me)),
        Row(me => new SwitchToBargeIn(me)),
        Row(me => new CompleteTransfer(me)),
        Row(me => new CompleteConference(me)),
        Row(me => new LeaveChatConsultation(me)),
        Row(me => new RequestChatHistory(me)),
    ];

    public static string Path { get; } = PathFrom();

    /// <summary>The whole of the document.</summary>
    public static string Text()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # States

            What each operation of an agent leads to, by the agent's role in the chat and its state: the events in their order, or
            the `statusCode` of the refusal. Events are those of `ChatEvents.cs` without "Agent" in front; whose they are is said
            unless they are the agent's own. "–" is accepted and changes nothing; an empty cell has nobody to be directed at.
            The customer is Ada, the owner Bob; Carol helps, Cleo supervises, and Dave is ready and not on the chat. Generated from the
            operations; `StatesDocumentTests` says how.

            """);
        foreach (var (role, columns) in Situation.ByRole)
        {
            text.Append($"\n## {role}\n\n| Operation | {string.Join(" | ", columns.Select(c => c.Name))} |\n|---|");
            foreach (var _ in columns) text.Append("---|");
            text.Append('\n');
            foreach (var (name, of) in Rows)
                text.Append($"| {name} | {string.Join(" | ", columns.Select(c => Outcome(of(c.Me, c.Colleague), c)))} |\n");
        }
        return text.ToString();
    }

    private static string Outcome(AgentOperation? operation, Situation situation)
    {
        if (operation is null) return "";
        var decision = operation.Decide(situation.Chat);
        if (decision.Refused is { } refused) return $"{NumberOf(refused.Reason)}";
        return decision.Events.IsEmpty ? "–" : string.Join(", ", decision.Events.Select(e => Short(e, situation.Me)));
    }

    private static string Short(ChatEvent e, AgentId me)
    {
        var agent = (AgentId?)e.GetType().GetProperty("Agent")?.GetValue(e);
        var role = e.GetType().GetProperty("As")?.GetValue(e);
        string[] details =
        [
            .. agent is null || agent == me ? [] : (string[])[NameOf(agent.Value)],
            .. role is null ? [] : (string[])[$"{role}"],
        ];
        var name = e.GetType().Name;
        if (name.StartsWith("Agent", StringComparison.Ordinal)) name = name["Agent".Length..];
        return details.Length == 0 ? name : $"{name} ({string.Join(", ", details)})";
    }

    private static string NameOf(AgentId agent) =>
        agent == Bob ? nameof(Bob) : agent == Carol ? nameof(Carol) : agent == Dave ? nameof(Dave) : "Cleo";

    // the numbers of the API reference, "Return Values"
    private static int NumberOf(Reason reason) => reason switch
    {
        Reason.ParameterMissing => 1,
        Reason.InvalidInState => 2,
        Reason.Forbidden => 3,
        Reason.NotPermitted => 5,
        Reason.NotFound => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a refusal of a valid operation."),
    };

    private static (string, Func<AgentId, AgentId?, AgentOperation?>) Row<T>(Func<AgentId, T> of, string towards = "")
        where T : AgentOperation => ($"{typeof(T).Name} {towards}".TrimEnd(), (me, _) => of(me));

    private static (string, Func<AgentId, AgentId?, AgentOperation?>) Here(
        string name, Func<AgentId, AgentId, AgentOperation> of) =>
        ($"{name}, the colleague here", (me, there) => there is { } colleague ? of(me, colleague) : null);

    private static TransferTarget Towards(AgentId agent) => new TransferTarget.User(agent);

    private static string PathFrom([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "states.md"));
}
