using Parley.Server.Provisioning;

namespace Parley.Server.Accounts;

/// <summary>What an endpoint demands of the caller, checked before the body is read.</summary>
internal interface IDemand
{
    Rejection? Refusal(SignedInUser user, ContactCenter center);
}

/// <summary>The demands, as endpoints and groups of endpoints state them.</summary>
internal static class Demands
{
    /// <summary>Anonymous requests are answered 20, unless an endpoint of the group allows them.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new SignedIn());

    /// <summary>Any of the roles; otherwise 5.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoints, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new AnyRole(roles));

    /// <summary>The Chat API's rule: either of the two multimedia features; otherwise 5.</summary>
    public static TBuilder RequireChat<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ChatFeature());

    /// <summary>The feature; otherwise 6, as if the endpoint did not exist.</summary>
    public static TBuilder RequireFeature<TBuilder>(this TBuilder endpoints, string feature)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new OneFeature(feature));

    /// <summary>The refusal of what belongs to a feature that the contact centre does not have; null if it has it.</summary>
    public static Rejection? MissingFeature(ContactCenter center, string feature) =>
        center.Has(feature) ? null : new(Reason.NotFound, $"The contact centre does not have the feature {feature}.");

    private sealed record SignedIn : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) => null;
    }

    private sealed record AnyRole(IReadOnlyList<Role> Roles) : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) =>
            Roles.Any(user.Is) ? null : new(Reason.NotPermitted, $"The role {string.Join(" or ", Roles)} is required.");
    }

    private sealed record OneFeature(string Feature) : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) => MissingFeature(center, Feature);
    }

    private sealed record ChatFeature : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) =>
            center.Has(Feature.Multimedia) || center.Has(Feature.MultimediaChat)
                ? null
                : new(Reason.NotPermitted, $"The feature {Feature.MultimediaChat} is required.");
    }
}
