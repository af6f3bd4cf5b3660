using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>Whom an operation is directed at: one of several parameters, of which the first that is given counts.</summary>
/// <remarks>
/// <c>targetUri</c>, <c>targetPath</c> and <c>userUri</c> are links to a user, a queue, a skill, a group, or an entry of the
/// directory; of a link only the path counts. <c>queueName</c> and <c>skillName</c> are names. Refused: ParameterMissing when
/// none is given, InvalidInState for what is no link to one of these, NotFound for what does not exist.
/// Source: "ChatSingleStepTransfer", "ChatConsult", "ChatInviteUser", "ChatRemoveParticipantFromConference" (Quirk 11).
/// </remarks>
internal sealed class TransferTargets(ContactCenter center, ChatsOptions options, RoutingOptions routing, TimeProvider time)
{
    private static readonly string[] Links = ["targetUri", "targetPath", "userUri"];

    private static readonly TransferTarget Nobody = new TransferTarget.User(default);

    /// <summary>How long whoever is asked now has to answer.</summary>
    public DateTimeOffset Until => time.GetUtcNow() + routing.OfferTimeout;

    /// <summary>An agent or a line of waiting chats.</summary>
    public TransferTarget Any(RequestBody body)
    {
        if (Link(body) is { } link) return Linked(body, link);
        if (body.Text("queueName") is { Length: > 0 } queue)
            return Found(body, "queueName", center.Queues.ByName(queue) is { } known ? At(known) : null);
        if (body.Text("skillName") is { Length: > 0 } skill)
            return Found(body, "skillName", SkillOf(center.Skills.ByName(skill)));
        body.Refuse(
            Reason.ParameterMissing,
            "A target is required: 'targetUri' or 'targetPath' of a user, queue, skill or contact, or 'queueName'.");
        return Nobody;
    }

    /// <summary>The same for a colleague asked for help; a queue only where the setting allows it.</summary>
    public TransferTarget Help(RequestBody body)
    {
        var target = Any(body);
        if (target is TransferTarget.Waiting && !options.AllowQueueConsult)
            body.Refuse(Reason.Forbidden, "Only users can be asked for help here; name a user as the target.");
        return target;
    }

    /// <summary>One agent.</summary>
    public AgentId User(RequestBody body)
    {
        if (Link(body) is not { } link)
        {
            body.Refuse(Reason.ParameterMissing, "A target is required: 'targetUri' or 'targetPath' of a user.");
            return default;
        }
        if (Linked(body, link) is TransferTarget.User { Agent: var agent }) return agent;
        body.Refuse(Reason.InvalidInState, $"Parameter '{link.Name}' must be a link to a user.");
        return default;
    }

    /// <summary>The user of an id, as <c>agentId</c> carries it.</summary>
    public TransferTarget OfId(RequestBody body, string parameter)
    {
        var id = body.RequiredText(parameter);
        return Found(body, parameter, center.Users.ById(new AgentId(id)) is { } user ? new TransferTarget.User(user.Id) : null);
    }

    private static (string Name, string Value)? Link(RequestBody body)
    {
        foreach (var name in Links)
        {
            if (body.Text(name) is { Length: > 0 } value) return (name, value);
        }
        return null;
    }

    private TransferTarget Linked(RequestBody body, (string Name, string Value) link)
    {
        if (Kind(link.Value) is not var (kind, id))
        {
            body.Refuse(
                Reason.InvalidInState,
                $"Parameter '{link.Name}' must be a link to a user, queue, skill, group or contact, such as '/users/{{id}}'.");
            return Nobody;
        }
        return Found(body, link.Name, kind switch
        {
            "users" => UserOf(id),
            "queues" => QueueOf(id),
            "skills" => SkillOf(center.Skills.ById(id)),
            "groups" => GroupOf(center.Groups.ById(id)),
            _ => (TransferTarget?)UserOf(id) ?? QueueOf(id),
        });
    }

    /// <summary>The kind of target that a link's path names, and the id.</summary>
    private static (string Kind, string Id)? Kind(string link)
    {
        var path = link.StartsWith('/') ? link
            : Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsolutePath
            : "/" + link;
        var segments = path.Split('?', '#')[0].Trim('/').Split('/');
        if (segments is ["api", "v2", .. var rest]) segments = rest;
        return segments is ["users" or "queues" or "skills" or "groups" or "contacts", { Length: > 0 } id]
            ? (segments[0], Uri.UnescapeDataString(id))
            : null;
    }

    private TransferTarget.User? UserOf(string id) =>
        center.Users.ById(new AgentId(id)) is { } user ? new TransferTarget.User(user.Id) : null;

    private TransferTarget.Waiting? QueueOf(string id) => center.Queues.ById(id) is { } queue ? At(queue) : null;

    private static TransferTarget.Waiting? GroupOf(Group? group) =>
        group is null ? null : new TransferTarget.Waiting(new Line(default, Group: group.Id));

    private static TransferTarget.Waiting? SkillOf(Skill? skill) =>
        skill is null ? null : new TransferTarget.Waiting(new Line(default, Skill: skill.Id));

    private static TransferTarget.Waiting At(Queue queue) => new TransferTarget.Waiting(queue.QueueName);

    private static TransferTarget Found(RequestBody body, string parameter, TransferTarget? target)
    {
        if (target is null) body.Refuse(Reason.NotFound, $"The target of parameter '{parameter}' was not found.");
        return target ?? Nobody;
    }
}
