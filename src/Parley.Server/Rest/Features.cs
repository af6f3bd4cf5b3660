using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/features</c>: what the contact centre has; <c>/system/features</c>: what the server knows.</summary>
/// <remarks>Source: "Features".</remarks>
internal static class Features
{
    public static void MapFeatures(this IEndpointRouteBuilder api)
    {
        api.MapGet("/features", (ContactCenter center, Links links, Fields fields) => List(center.Features, links, fields));
        api.MapGet("/features/{id}", Read);
        api.MapGet("/system/features", (Links links, Fields fields) => List(Feature.Known, links, fields))
            .RequireRole(Role.Admin, Role.ApiUser);
    }

    private static ApiAnswer List(IReadOnlyList<Feature> features, Links links, Fields fields) =>
        fields.Collection(
            "features", [.. features.Select(f => FeatureResource.Of(f, links))], RestJson.Default.FeatureResource, f => f.Uri);

    private static ApiAnswer Read(string id, ContactCenter center, Links links, Fields fields) =>
        center.Features.ById(id) is { } feature
            ? fields.Single("feature", FeatureResource.Of(feature, links), RestJson.Default.FeatureResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Feature {id} was not found.");
}
