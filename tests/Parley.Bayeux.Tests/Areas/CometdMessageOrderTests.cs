using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>In which order the host, the subscribers and the publisher hear of a publish.</summary>
[Area("CometD HTTP", "Message order")]
public sealed class CometdMessageOrderTests
{
    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task An_event_comes_after_the_hosts_listeners_and_before_the_reply_to_its_publisher(string transport)
    {
        await using var host = await TestHost.Start();
        var order = new ConcurrentQueue<string>();
        host.Server.Channels.Listen(ChannelName.Parse("/foo/bar"), message => Note(order, "exact"));
        host.Server.Channels.Listen(ChannelName.Parse("/foo/*"), message => Note(order, "pattern"));
        using var subscriber = host.Server.OpenLocalSession("subscriber");
        subscriber.Subscribe(ChannelName.Parse("/foo/**"), _ => order.Enqueue("event"));

        Assert.Equal(["1", "reply"], await Publish(host, transport, "/foo/bar"));
        Assert.Equal(["pattern", "exact", "event"], order);
    }

    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task What_a_service_delivers_or_publishes_comes_before_the_reply_to_its_caller(string transport)
    {
        await using var host = await TestHost.Start();
        host.Server.Channels.Listen(ChannelName.Parse("/service/foo"), async message =>
        {
            await Task.Yield();
            message.Session!.Deliver(BayeuxEvent.Create(ChannelName.Parse("/service/foo"), "\"delivered\""u8));
            host.Publish("/foo", "published");
            return true;
        });

        Assert.Equal(["delivered", "published", "reply"], await Publish(host, transport, "/service/foo", subscription: "/foo"));
    }

    private static ValueTask<bool> Note(ConcurrentQueue<string> order, string what)
    {
        order.Enqueue(what);
        return new(true);
    }

    /// <summary>Publishes 1 and gives what the publisher hears: the data of events, and the reply.</summary>
    private static async Task<List<string>> Publish(TestHost host, string transport, string channel, string? subscription = null)
    {
        var messages = new List<JsonNode?>();
        if (transport == "websocket")
        {
            using var socket = await RawSocket.Open(host, subscription ?? channel);
            await socket.Send($"[{socket.Message(channel, ",\"data\":1")}]");
            while (messages.LastOrDefault()?["successful"] is null) messages.AddRange(await socket.Receive());
        }
        else
        {
            var client = await new Polling(host.Http).Open(subscription ?? channel);
            messages.AddRange(await client.Publish(channel, "1"));
        }
        return messages.ConvertAll(m => m!["data"] is { } data ? data.ToString() : "reply");
    }
}
