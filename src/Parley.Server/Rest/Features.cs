using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/features</c>: what the contact centre has; <c>/system/features</c>: what the server knows.</summary>
/// <remarks>Source: "Features".</remarks>
internal static class Features
{
    public static void MapFeatures(this IEndpointRouteBuilder api)
    {
        var features = api.MapGroup("").WithTags("Features");
        features.MapGet("/features", (ContactCenter center, Links links, Fields fields) => List(center.Features, links, fields))
            .WithSummary("The features that the contact centre has.").Answers(AnyNumber);
        features.MapGet("/features/{id}", Read).Answers(Answer.Chosen("feature", RestJson.Default.FeatureResource));
        features.MapGet("/system/features", (Links links, Fields fields) => List(Feature.Known, links, fields))
            .WithSummary("The features that the server knows, for administrators and programs.").Answers(AnyNumber)
            .RequireRole(Role.Admin, Role.ApiUser);
    }

    private static Answer AnyNumber => Answer.Collection("features", RestJson.Default.FeatureResource);

    private static ApiAnswer List(IReadOnlyList<Feature> features, Links links, Fields fields) =>
        fields.Collection(
            "features", [.. features.Select(f => FeatureResource.Of(f, links))], RestJson.Default.FeatureResource, f => f.Uri);

    /// <summary>One feature that the contact centre has.</summary>
    /// <param name="id">The feature's id.</param>
    private static ApiAnswer Read(string id, ContactCenter center, Links links, Fields fields) =>
        center.Features.ById(id) is { } feature
            ? fields.Single("feature", FeatureResource.Of(feature, links), RestJson.Default.FeatureResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Feature {id} was not found.");
}
