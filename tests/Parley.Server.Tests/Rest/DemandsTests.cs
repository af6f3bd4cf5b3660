using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

public sealed class DemandsTests
{
    private static ContactCenter Center(string features) =>
        ContactCenterReader.Read(
            System.Text.Encoding.UTF8.GetBytes(TestCenter.Text($""" "features": [{features}], """)), 1 << 20).Center!;

    private static int Refusals(string features, Func<Conventions, Conventions> demand, string userName = "ana")
    {
        var center = Center(features);
        var user = new SignedInUser(center.Users.ByName(userName)!, new HttpSession("", default, ""));
        var endpoint = new Conventions();
        demand(endpoint);
        return endpoint.Metadata.OfType<IDemand>().Select(d => d.Refusal(user, center)).OfType<Rejection>().Count();
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"api-agent-control\"", 1)]
    [InlineData("\"api-multimedia\"", 0)]
    [InlineData("\"api-multimedia-chat\"", 0)]
    public void Either_multimedia_feature_opens_the_Chat_API(string features, int refusals) =>
        Assert.Equal(refusals, Refusals(features, e => e.RequireChat()));

    [Theory]
    [InlineData("ana", 1)]
    [InlineData("sue", 0)]
    public void A_role_is_required_of_the_user(string user, int refusals) =>
        Assert.Equal(refusals, Refusals("", e => e.RequireRole(Role.Supervisor), user));

    /// <summary>What a builder of endpoints collects.</summary>
    private sealed class Conventions : IEndpointConventionBuilder
    {
        private readonly Microsoft.AspNetCore.Routing.RouteEndpointBuilder endpoint =
            new(null, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/"), 0);

        public IList<object> Metadata => endpoint.Metadata;

        public void Add(Action<EndpointBuilder> convention) => convention(endpoint);
    }
}
