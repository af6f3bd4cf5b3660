using System.Text;
using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>What extensions make of events.</summary>
public sealed class ExtensionEventTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    public async Task A_published_event_is_seen_once_by_the_server_and_once_per_receiver_by_the_sessions()
    {
        var seen = new List<string>();
        FuncExtension Witness(string name) => new()
        {
            OnEvent = (evt, receiver) =>
            {
                seen.Add($"{name} {evt.Channel} {receiver?.Principal ?? "all"}");
                return evt;
            },
        };
        await using var host = await TestHost.Start(configure: o =>
        {
            o.Extensions.Add(Witness("s1"));
            o.Extensions.Add(Witness("s2"));
        });
        host.Server.SessionStarted += session =>
        {
            session.Use(Witness("c1"));
            session.Use(Witness("c2"));
        };
        var ada = await new Polling(host.NewHttp(), "ada").Open("/a");
        await new Polling(host.NewHttp(), "bob").Open("/**", "/a");
        await new Polling(host.NewHttp(), "eve").Open("/b");

        await ada.Publish("/a", "1");
        Assert.Equal(["s2 /a all", "s1 /a all"], seen[..2]);
        Assert.Equal(["c1 /a ada", "c1 /a bob", "c2 /a ada", "c2 /a bob"], seen[2..].Order());
        Assert.True(seen.IndexOf("c2 /a bob") < seen.IndexOf("c1 /a bob"));

        seen.Clear();
        host.Server.SessionsOf("eve").Single().Deliver(TestHost.Event("/x", 1));
        Assert.Equal(["s2 /x eve", "s1 /x eve", "c2 /x eve", "c1 /x eve"], seen);
        seen.Clear();
        host.Server.PublishTo(host.Server.SessionsOf("bob"), TestHost.Event("/a", 1));
        Assert.Equal(["s2 /a all", "s1 /a all", "c2 /a bob", "c1 /a bob"], seen);
    }

    [Fact]
    public async Task An_event_may_be_replaced_for_all_or_for_one_and_dropped_for_all_or_for_one()
    {
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(new FuncExtension
        {
            OnEvent = (evt, _) => evt.Channel.Text == "/secret" ? null : evt.WithExt("by", "server"),
        }));
        host.Server.SessionStarted += session => session.Use(new FuncExtension
        {
            OnEvent = (evt, receiver) =>
                receiver!.Principal == "ada" && evt.Channel.Text == "/b" ? null : evt.With("for", receiver.Principal),
        });
        var ada = await new Polling(host.NewHttp(), "ada").Open("/**");
        var bob = await new Polling(host.NewHttp(), "bob").Open("/**");
        foreach (var channel in new[] { "/a", "/b", "/secret" }) host.Publish(channel, 1);

        Assert.Equal(["""{"channel":"/a","data":1,"ext":{"by":"server"},"for":"ada"}"""], Events(await ada.Connect(NoWait)));
        Assert.Equal(
            [
                """{"channel":"/a","data":1,"ext":{"by":"server"},"for":"bob"}""",
                """{"channel":"/b","data":1,"ext":{"by":"server"},"for":"bob"}""",
            ],
            Events(await bob.Connect(NoWait)));
    }

    [Fact]
    public void Members_are_added_to_an_event_and_to_its_ext_in_any_order()
    {
        var evt = TestHost.Event("/a", 1).With("x", 1).WithExt("one", "é").With("y", null)
            .WithExt("t\"wo", new JsonObject { ["z"] = 2 }).Lazily(TimeSpan.Zero).WithExt("three", true);
        Assert.Equal(
            """{"channel":"/a","data":1,"x":1,"ext":{"one":"\u00E9","t\u0022wo":{"z":2},"three":true},"y":null}""",
            Encoding.UTF8.GetString(evt.Json.Span));
        Assert.Equal(TimeSpan.Zero, evt.Laziness);
    }

    [Fact]
    public void Of_a_member_added_twice_the_last_value_wins()
    {
        var data = TestHost.Event("/a", new { x = 0 });
        var evt = data.With("x", 1).With("y", "long as it is").WithExt("x", 2).With("z", 3).WithExt("y", 4);
        evt = evt.WithExt("x", new JsonObject { ["ext"] = "longer" }).With("y", null).With("x", "one").WithExt("z", 5);
        Assert.Equal(
            """{"channel":"/a","data":{"x":0},"x":"one","y":null,"ext":{"x":{"ext":"longer"},"y":4,"z":5},"z":3}""",
            Encoding.UTF8.GetString(evt.Json.Span));
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("data")]
    [InlineData("advice")]
    [InlineData("clientId")]
    [InlineData("id")]
    [InlineData("successful")]
    [InlineData("error")]
    [InlineData("ext")]
    public void No_member_is_added_that_clients_take_for_something_else(string name) =>
        Assert.Throws<ArgumentException>(() => TestHost.Event("/a", 1).With(name, 1));

    private static IEnumerable<string> Events(JsonArray answer) => answer.SkipLast(1).Select(e => e!.ToJsonString());
}
