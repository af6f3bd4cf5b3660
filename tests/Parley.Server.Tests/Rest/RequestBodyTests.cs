using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Rest;

namespace Parley.Server.Tests.Rest;

public sealed class RequestBodyTests
{
    private static async Task<RequestBody> Body(string json)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton(new RestOptions()).BuildServiceProvider(),
            Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(json)) },
        };
        var body = (await RequestBody.BindAsync(context))!;
        Assert.Null(body.Unreadable);
        return body;
    }

    // C17
    [Fact]
    public async Task Missing_and_null_properties_are_absent_and_unknown_ones_ignored()
    {
        using var body = await Body("""{"text":null,"unknown":{"a":[1]}}""");
        Assert.Null(body.Text("text"));
        Assert.Null(body.Text("other"));
        Assert.Null(body.Switch("text"));
        Assert.Null(body.Texts("text"));
        Assert.Null(body.Object("text"));
        Assert.Null(body.Refused);
    }

    [Fact]
    public async Task Properties_are_read_by_their_type()
    {
        using var body = await Body(
            """{"text":"héllo \ud83d\ude00","flag":true,"flagText":"False","list":["a","b"],"data":{"k":1}}""");
        Assert.Equal("héllo 😀", body.RequiredText("text"));
        Assert.True(body.Switch("flag"));
        Assert.False(body.Switch("flagText"));
        Assert.Equal(["a", "b"], body.Texts("list")!);
        Assert.Equal(1, body.Object("data")!.Value.GetProperty("k").GetInt32());
        Assert.Null(body.Refused);
    }

    [Fact]
    public async Task The_first_property_that_is_wrong_is_named()
    {
        using var empty = await Body("""{"text":""}""");
        Assert.Equal("", empty.Text("text"));
        Assert.Null(empty.Refused);
        Assert.Equal("", empty.RequiredText("text"));
        Assert.Equal(Reason.ParameterMissing, empty.Refused?.Reason);

        using var missing = await Body("""{"other":"7"}""");
        Assert.Equal("", missing.RequiredText("text"));
        Assert.Equal(new Rejection(Reason.ParameterMissing, "Parameter 'text' is required."), missing.Refused);

        using var wrong = await Body("""{"text":5,"list":["a",1],"data":[],"flag":"maybe"}""");
        Assert.Null(wrong.Text("text"));
        Assert.Equal(new Rejection(Reason.InvalidInState, "Parameter 'text' must be a text."), wrong.Refused);
        Assert.Null(wrong.Texts("list"));
        Assert.Null(wrong.Object("data"));
        Assert.Null(wrong.Switch("flag"));
        Assert.Equal("", wrong.RequiredText("text"));
        Assert.Equal("Parameter 'text' must be a text.", wrong.Refused!.Message);
    }
}
