using System.Collections.Frozen;
using Parley.Agents;
using Parley.Chats;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>POST /api/v2/users/{userId}/channels/{channel}</c>: what supervisors do with the channels of others.</summary>
/// <remarks>
/// A user for whom the caller is not responsible answers as if there were none. The agent is told as of a change of its own;
/// what was done is stored with who asked for it. Source: AgentStateControlReady, AgentStateControlNotReady,
/// AgentStateControlOffline; "ChatMonitor", "ChatCoach", "ChatBargeIn", "ChatCancelSupervisorMonitoring".
/// </remarks>
internal sealed partial class UserChannels
{
    private static readonly ChatRole[] Supervising = [ChatRole.Monitor, ChatRole.Coach, ChatRole.BargeIn];

    private readonly ContactCenter center;
    private readonly Responsibility responsibility;
    private readonly StateOperations states;
    private readonly ChatSupervision supervision;
    private readonly AgentHost agents;
    private readonly ILogger<UserChannels> log;
    private readonly FrozenDictionary<string, Operation> operations;

    public UserChannels(
        ContactCenter center, Responsibility responsibility, StateOperations states, ChatSupervision supervision,
        AgentHost agents, ILogger<UserChannels> log)
    {
        (this.center, this.responsibility, this.agents, this.log) = (center, responsibility, agents, log);
        (this.states, this.supervision) = (states, supervision);
        operations = Table().ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);
    }

    public static void Map(IEndpointRouteBuilder api, UserChannels channels) =>
        api.MapPost(
            "/users/{userId}/channels/{channel}",
            (string userId, string channel, RequestBody body, SignedInUser me) =>
                channels.Operate(new AgentId(userId), new MediaChannel(channel), body, me)).RequireRole(Role.Supervisor)
            .WithTags("Supervision").WithSummary("Follows an agent's chats from now on, or changes the state of its channel.")
            .Asks("userId", "The agent's id.").Asks("channel", Me.ChannelMeaning)
            .Takes(OperationBodies.OfUserChannels).Answers(Answer.Nothing);

    private async Task<ApiAnswer> Operate(AgentId id, MediaChannel channel, RequestBody body, SignedInUser me)
    {
        if (center.Users.ById(id) is not { } user || !responsibility.Covers(me.User, user))
            return ApiAnswer.Refused(Reason.NotFound, $"User {id} was not found.");
        var name = body.RequiredText("operationName");
        if (body.Refused is { } unnamed) return ApiAnswer.Refused(unnamed);
        if (!operations.TryGetValue(name, out var operation)) return ApiAnswer.Refused(StateOperations.Unknown);
        if (Demands.MissingFeature(center, operation.Feature) is { } missing) return ApiAnswer.Refused(missing);

        var refused = await operation.Run(new Use(me, user, channel, body));
        if (refused is null) LogUse(me.Id, name, channel, id);
        return ApiAnswer.From(refused);
    }

    /// <summary>All operations: those on the agent's state, and those that follow its chats.</summary>
    private IEnumerable<Operation> Table() =>
    [
        .. center.AgentStates.Select(state => new Operation(state.OperationName, Feature.SupervisorAgentControl, SetState)),
        .. Supervising.Select(role => new Operation($"{role}", Feature.SupervisorMonitoring, use => Follow(role, use))),
        new Operation(nameof(CancelSupervisorMonitoring), Feature.SupervisorMonitoring, Unfollow),
    ];

    private async Task<Rejection?> Follow(ChatRole role, Use use)
    {
        if (use.Channel != MediaChannel.Chat) return NoSuchChannel(use.Channel);
        var (operation, refused) = supervision.Read(role, use.User.Id, use.By, use.Body);
        return refused ?? await agents.Execute(use.By.Id, operation!, new Asked(use.By.Id));
    }

    private async Task<Rejection?> Unfollow(Use use) =>
        use.Channel == MediaChannel.Chat
            ? await agents.Execute(use.By.Id, new CancelSupervisorMonitoring(use.User.Id), new Asked(use.By.Id))
            : NoSuchChannel(use.Channel);

    private static Rejection NoSuchChannel(MediaChannel channel) =>
        new(Reason.NotFound, $"Channel {channel} cannot be supervised.");

    private async Task<Rejection?> SetState(Use use)
    {
        var (operation, refused) = states.Read(use.Channel, use.Body);
        return refused ?? await agents.Execute(use.User.Id, operation!, new Asked(use.By.Id));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Supervisor} used {Operation} on channel {Channel} of {User}")]
    private partial void LogUse(AgentId supervisor, string operation, MediaChannel channel, AgentId user);

    /// <summary>An operation by its <c>operationName</c>, and the feature without which there is none.</summary>
    private sealed record Operation(string Name, string Feature, Func<Use, Task<Rejection?>> Run);

    /// <summary>One use of an operation: by whom, on which channel of which user.</summary>
    private sealed record Use(SignedInUser By, User User, MediaChannel Channel, RequestBody Body);
}
