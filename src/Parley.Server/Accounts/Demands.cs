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

    private sealed record SignedIn : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) => null;
    }

    private sealed record AnyRole(IReadOnlyList<Role> Roles) : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) =>
            Roles.Any(user.Is) ? null : new(Reason.NotPermitted, $"The role {string.Join(" or ", Roles)} is required.");
    }

    private sealed record ChatFeature : IDemand
    {
        public Rejection? Refusal(SignedInUser user, ContactCenter center) =>
            center.Has(Feature.Multimedia) || center.Has(Feature.MultimediaChat)
                ? null
                : new(Reason.NotPermitted, $"The feature {Feature.MultimediaChat} is required.");
    }
}
