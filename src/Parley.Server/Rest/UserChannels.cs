using System.Collections.Frozen;
using Parley.Agents;
using Parley.Server.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>POST /api/v2/users/{userId}/channels/{channel}</c>: what supervisors do with the channels of others.</summary>
/// <remarks>
/// A user for whom the caller is not responsible answers as if there were none. The agent is told as of a change of its own;
/// what was done is stored with who asked for it. Source: AgentStateControlReady, AgentStateControlNotReady,
/// AgentStateControlOffline.
/// </remarks>
internal sealed partial class UserChannels
{
    private readonly ContactCenter center;
    private readonly Responsibility responsibility;
    private readonly StateOperations states;
    private readonly AgentHost agents;
    private readonly ILogger<UserChannels> log;
    private readonly FrozenDictionary<string, Operation> operations;

    public UserChannels(
        ContactCenter center, Responsibility responsibility, StateOperations states, AgentHost agents, ILogger<UserChannels> log)
    {
        (this.center, this.responsibility, this.states, this.agents, this.log) = (center, responsibility, states, agents, log);
        operations = Table().ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);
    }

    public static void Map(IEndpointRouteBuilder api, UserChannels channels) =>
        api.MapPost(
            "/users/{userId}/channels/{channel}",
            (string userId, string channel, RequestBody body, SignedInUser me) =>
                channels.Operate(new AgentId(userId), new MediaChannel(channel), body, me)).RequireRole(Role.Supervisor);

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

    /// <summary>All operations: those on the agent's state.</summary>
    private IEnumerable<Operation> Table() =>
    [
        .. center.AgentStates.Select(state => new Operation(state.OperationName, Feature.SupervisorAgentControl, SetState)),
    ];

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
