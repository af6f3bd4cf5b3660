using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Of a publisher's <c>ext</c> only what the options name reaches others.</summary>
public sealed class ForwardedExtTests
{
    private const string Binary = """{"data":"HelloWorld","last":true,"meta":{"n":1.10}}""";

    [Theory]
    [InlineData("""{"binary":{}}""", ""","ext":{"binary":{}}""")]
    [InlineData("""{ "auth":"secret", "binary" : { "x" : 1.0 } ,"z":[{"binary":1}]}""", ""","ext":{"binary" : { "x" : 1.0 }}""")]
    [InlineData("""{"auth":"secret","advice":{"reconnect":"none"}}""", "")]
    [InlineData("""{"a":{"binary":1}}""", "")]
    [InlineData("""{"binary":1,"bin\u0061ry":2, "binary": {"binary":4},"x":5}""", ""","ext":{"binary": {"binary":4}}""")]
    [InlineData("{}", "")]
    [InlineData("[\"binary\"]", "")]
    [InlineData("\"binary\"", "")]
    [InlineData("null", "")]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task Binary_passes_byte_by_byte_and_nothing_else(string ext, string forwarded)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a");
        using var response = await client.Post($"[{client.Message("/a", $",\"ext\":{ext},\"data\":{Binary}")}]");
        Assert.StartsWith($$"""[{"channel":"/a","data":{{Binary}}{{forwarded}}},""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_host_names_what_is_forwarded_and_what_extensions_add_joins_it()
    {
        await using var host = await TestHost.Start(configure: o =>
        {
            o.ForwardedExt = ["one", "two"];
            o.Extensions.Add(new FuncExtension { OnEvent = (evt, _) => evt.WithExt("by", "server") });
        });
        var client = await new Polling(host.Http).Open("/a");
        var answer = await client.Publish("/a", """1,"ext":{"two":2,"binary":{},"one":1}""");
        Assert.Equal("""{"two":2,"one":1,"by":"server"}""", answer[0]!["ext"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/a", """{"binary":"123"}""", false)]
    [InlineData("/a", """{"binary":"1234"}""", true)]
    [InlineData("/a", """{"binary":"1234567890","binary":0,"others":"stay with the server"}""", false)]
    [InlineData("/service/x", """{"binary":"nobody is sent it"}""", false)]
    public async Task It_counts_in_the_size_of_a_publish(string channel, string ext, bool isTooLarge)
    {
        await using var host = await TestHost.Start(configure: o => o.MaxPublishSize = 20);
        host.Server.Channels.Listen(ChannelName.Parse("/service/x"), _ => new(true));
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(await client.Publish(channel, "1234,\"ext\":" + ext))!;
        Assert.Equal(isTooLarge ? "413::message_too_large" : null, (string?)reply["error"]);
    }

    [Fact]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task Replies_and_events_have_the_time_they_were_written_or_published()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(new TimestampExtension(time)));
        var client = await new Polling(host.Http).Open("/a");
        host.Publish("/a", 1);
        time.Advance(TimeSpan.FromMilliseconds(1500));

        JsonArray answer = await client.Connect();
        Assert.Equal(
            ["2026-11-20T09:00:00.000Z", "2026-11-20T09:00:01.500Z"], answer.Select(m => (string?)m!["timestamp"]));
    }
}
