using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/groups</c>: the business units, with their users, supervisors, skills and queues; of type <c>dispositions</c> those
/// of dispositions.
/// </summary>
/// <remarks>
/// The skills of a business unit are those that its users have, its queues those that its users serve. Each sub-resource is also
/// at an address of its own, <c>/groups/{id}/users</c>. Source: "Business Unit API".
/// </remarks>
internal static class Groups
{
    private static readonly Columns<Group> Columns = new(
        [("id", g => [g.Id]), ("name", g => [g.Name]), ("type", _ => [GroupResource.BusinessUnit])]);

    private static readonly Subresources<Source> Subresources = new(
    [
        ("users", (w, of) => JsonSerializer.Serialize(w, Users(of), RestJson.Default.IReadOnlyListMemberResource)),
        ("supervisors", (w, of) => JsonSerializer.Serialize(w, Supervisors(of), RestJson.Default.IReadOnlyListMemberResource)),
        ("skills", (w, of) => JsonSerializer.Serialize(w, Skills(of), RestJson.Default.IReadOnlyListSkillResource)),
        ("queues", (w, of) => JsonSerializer.Serialize(w, Queues(of), RestJson.Default.IReadOnlyListQueueResource)),
    ]);

    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/groups").RequireFeature(Feature.ProvisioningRead);
        groups.WithTags("Groups");
        groups.MapGet("", List).Answers(Answer.Page("groups", GroupDescription.Schema));
        groups.MapGet("/{id}", Read).Answers(Answer.With(("group", GroupDescription.Schema)));
        groups.MapPart("users", Users, RestJson.Default.MemberResource, u => u.Uri);
        groups.MapPart("supervisors", Supervisors, RestJson.Default.MemberResource, u => u.Uri);
        groups.MapPart("skills", Skills, RestJson.Default.SkillResource, s => s.Uri);
        groups.MapPart("queues", Queues, RestJson.Default.QueueResource, q => q.Uri);
    }

    /// <summary>The business units of the contact centre.</summary>
    /// <param name="type"><c>dispositions</c> for the lists of dispositions instead, as trees.</param>
    /// <param name="subresources"><c>*</c> for every sub-resource, or a list of names, separated by commas.</param>
    private static ApiAnswer List(
        SignedInUser me, ContactCenter center, DispositionGroups dispositions, Links links, Fields fields, Selection selection,
        string? type = null, string? subresources = null)
    {
        if (type == DispositionGroupResource.Dispositions)
            return DispositionTree.List(me.User, dispositions, links, fields, selection, subresources);
        var page = selection.Of(center.Groups, Columns);
        return fields.AreAsked || !string.IsNullOrEmpty(subresources)
            ? page.Answer("groups", (w, group) => Write(w, new(group, center, links), fields, subresources))
            : page.Answer("uris", (w, group) => w.WriteStringValue(links.Uri(Links.PathOfGroup(group.Id))));
    }

    /// <summary>One business unit, alone or with what belongs to it.</summary>
    /// <param name="id">The business unit's id.</param>
    /// <param name="subresources"><c>*</c> for every sub-resource, or a list of names, separated by commas.</param>
    private static ApiAnswer Read(
        string id, SignedInUser me, ContactCenter center, DispositionGroups dispositions, Links links, Fields fields,
        string? subresources = null) =>
        center.Groups.ById(id) is { } group
            ? ApiAnswer.With(writer =>
            {
                writer.WritePropertyName("group");
                Write(writer, new(group, center, links), fields, subresources);
            })
            : DispositionTree.Read(id, me.User, dispositions, links, fields, subresources) ?? NotFound(id);

    private static void MapPart<T>(
        this RouteGroupBuilder groups, string name, Func<Source, IReadOnlyList<T>> part, JsonTypeInfo<T> shape,
        Func<T, string> uri) =>
        groups.MapGet($"/{{id}}/{name}", (string id, ContactCenter center, Links links, Fields fields, Selection selection) =>
            center.Groups.ById(id) is { } group
                ? fields.Collection(name, selection.Of(part(new(group, center, links)), new Columns<T>()), shape, uri)
                : NotFound(id))
            .WithSummary($"The {name} of one business unit.").Asks("id", "The business unit's id.")
            .Answers(Answer.Page(name, shape));

    private static void Write(Utf8JsonWriter writer, Source of, Fields fields, string? subresources) => fields.Write(
        writer, GroupResource.Of(of.Group, of.Links), RestJson.Default.GroupResource,
        w => Subresources.Write(w, of, subresources));

    private static IReadOnlyList<MemberResource> Users(Source of) =>
        [.. of.Members.Select(u => MemberResource.Of(u, of.Links))];

    private static IReadOnlyList<MemberResource> Supervisors(Source of) =>
        [.. of.Members.Where(u => u.Roles.Contains(Role.Supervisor)).Select(u => MemberResource.Of(u, of.Links))];

    private static IReadOnlyList<SkillResource> Skills(Source of)
    {
        var had = of.Members.SelectMany(u => u.Skills.Select(s => s.Skill)).ToHashSet();
        return [.. of.Center.Skills.Where(had.Contains).Select(s => SkillResource.Of(s, of.Links))];
    }

    private static IReadOnlyList<QueueResource> Queues(Source of)
    {
        var members = of.Members.Select(u => u.Id).ToHashSet();
        return [.. of.Center.Queues.Where(q => q.Agents.Overlaps(members)).Select(q => QueueResource.Of(q, of.Links))];
    }

    private static ApiAnswer NotFound(string id) => ApiAnswer.Refused(Reason.NotFound, $"Group {id} was not found.");

    /// <summary>What sub-resources are made from.</summary>
    private sealed record Source(Group Group, ContactCenter Center, Links Links)
    {
        public IEnumerable<User> Members => Center.Users.Where(u => u.Groups.Contains(Group));
    }
}
