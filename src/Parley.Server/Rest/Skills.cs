using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/skills</c>: what users can be good at.</summary>
/// <remarks>Source: "Skills Resource".</remarks>
internal static class Skills
{
    private static readonly Columns<Skill> Columns = new([("id", s => [s.Id]), ("name", s => [s.Name])]);

    public static void MapSkills(this IEndpointRouteBuilder api)
    {
        var skills = api.MapGroup("/skills").RequireFeature(Feature.ProvisioningRead);
        skills.WithTags("Skills");
        skills.MapGet("", (ContactCenter center, Links links, Fields fields, Selection selection) => fields.Collection(
            "skills", selection.Of(center.Skills, Columns).Select(s => SkillResource.Of(s, links)),
            RestJson.Default.SkillResource, s => s.Uri))
            .WithSummary("The skills of the contact centre.").Answers(Answer.Page("skills", RestJson.Default.SkillResource));
        skills.MapGet("/{id}", (string id, ContactCenter center, Links links, Fields fields) =>
            center.Skills.ById(id) is { } skill
                ? fields.Single("skill", SkillResource.Of(skill, links), RestJson.Default.SkillResource)
                : ApiAnswer.Refused(Reason.NotFound, $"Skill {id} was not found."))
            .WithSummary("One skill of the contact centre.").Asks("id", "The skill's id.")
            .Answers(Answer.Chosen("skill", RestJson.Default.SkillResource));
    }
}
