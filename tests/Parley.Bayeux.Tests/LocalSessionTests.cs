using System.Text;

namespace Parley.Bayeux.Tests;

/// <summary>Sessions of the host's own: they publish and hear as clients do, and nobody is asked.</summary>
public sealed class LocalSessionTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";
    private readonly List<string> heard = [];

    [Fact]
    public async Task It_hears_what_is_published_by_clients_host_and_other_local_sessions_but_not_its_own()
    {
        await using var host = await TestHost.Start();
        using var clock = host.Server.OpenLocalSession("clock");
        using var other = host.Server.OpenLocalSession("other");
        clock.Subscribe(ChannelName.Parse("/a/**"), Hear("clock"));
        other.Subscribe(ChannelName.Parse("/a/b"), Hear("other"));
        var client = await new Polling(host.Http).Open("/a/b");
        host.Policy.Denied.Add("/a/b"); // not asked about local sessions

        clock.Publish(TestHost.Event("/a/b", 1));
        other.Publish(TestHost.Event("/a/c", 2));
        host.Publish("/a/b", 3);
        await client.Publish("/a/d", "4");
        await client.Publish("/a/b", "5"); // denied
        host.Session.Deliver(TestHost.Event("/a/b", 6)); // not published
        Assert.Equal(["other 1", "clock 2", "clock 3", "other 3", "clock 4"], heard);
        Assert.Equal("clock", clock.Name);
        Assert.Equal(2, (await client.Connect(NoWait)).Count);
    }

    [Fact]
    public async Task It_hears_what_extensions_made_of_it_before_clients_and_its_failure_hurts_nobody()
    {
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(
            new FuncExtension { OnEvent = (evt, _) => evt.Channel.Text == "/gone" ? null : evt.With("by", 1) }));
        using var clock = host.Server.OpenLocalSession("clock");
        clock.Subscribe(ChannelName.Parse("/**"), _ => throw new FormatException());
        clock.Subscribe(ChannelName.Parse("/*"), e => heard.Add(Encoding.UTF8.GetString(e.Json.Span)));
        var client = await new Polling(host.Http).Open("/a");
        host.Publish("/a", 1);
        host.Publish("/gone", 2);
        Assert.Equal(["""{"channel":"/a","data":1,"by":1}"""], heard);
        Assert.Equal(2, (await client.Connect()).Count);
        Assert.Contains("FormatException", Assert.Single(host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_subscription_ends_by_itself_and_all_with_the_session()
    {
        await using var host = await TestHost.Start();
        var clock = host.Server.OpenLocalSession("clock");
        var once = clock.Subscribe(ChannelName.Parse("/a"), Hear("once"));
        clock.Subscribe(ChannelName.Parse("/a"), Hear("twice"));
        once.Dispose();
        once.Dispose();
        host.Publish("/a", 1);
        Assert.Equal(["twice 1"], heard);

        clock.Dispose();
        clock.Dispose();
        host.Publish("/a", 2);
        Assert.Equal(["twice 1"], heard);
        Assert.Throws<ObjectDisposedException>(() => clock.Publish(TestHost.Event("/a", 3)));
        Assert.Throws<ObjectDisposedException>(() => clock.Subscribe(ChannelName.Parse("/a"), Hear("late")));
    }

    [Fact]
    public async Task It_hears_broadcast_channels_only()
    {
        await using var host = await TestHost.Start();
        using var clock = host.Server.OpenLocalSession("clock");
        Assert.Throws<ArgumentException>(() => clock.Subscribe(ChannelName.Parse("/service/x"), Hear("x")));
        Assert.Throws<ArgumentException>(() => clock.Subscribe(ChannelName.Parse("/meta/connect"), Hear("x")));
    }

    private Action<BayeuxEvent> Hear(string name) =>
        evt => heard.Add($"{name} {Encoding.UTF8.GetString(evt.Json.Span)[^2..^1]}");
}
