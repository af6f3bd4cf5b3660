using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Customers;

namespace Parley.Server.Tests.Customers;

/// <summary>As whom limits and services know somebody at a door.</summary>
public sealed class CallerTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void An_IPv6_network_counts_as_one_address_and_an_IPv4_address_as_itself(string one, string other, bool same) =>
        Assert.Equal(same, At(one).Address == At(other).Address);

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("one", null, "one")]
    [InlineData(null, "one", "one")]
    [InlineData("", "one", "one")]
    [InlineData("one", "one", "one")]
    [InlineData("one", "two", "one")]
    public void The_key_is_the_first_of_both_headers_that_is_not_empty(string? apikey, string? xApiKey, string key)
    {
        var context = new DefaultHttpContext();
        if (apikey is not null) context.Request.Headers["apikey"] = apikey;
        if (xApiKey is not null) context.Request.Headers["x-api-key"] = xApiKey;
        Assert.Equal(key, Caller.Of(context).ApiKey);
    }

    private static Caller At(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return Caller.Of(context);
    }
}
