using Parley.Server.Provisioning;

namespace Parley.Server.Accounts;

/// <summary>Who a request comes from, and in which HTTP session; a parameter of endpoints that require sign-in.</summary>
internal sealed record SignedInUser(User User, HttpSession Session)
{
    public AgentId Id => User.Id;

    public bool Is(Role role) => User.Roles.Contains(role);

    /// <summary>The user of the request; null if it is anonymous.</summary>
    public static SignedInUser? Of(HttpContext context) => context.Features.Get<SignedInUser>();

    public static ValueTask<SignedInUser?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
