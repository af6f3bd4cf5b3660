using System.Diagnostics;
using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Bayeux.Tests.Clients;
using Parley.Bayeux.Tests.Network;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Cuts;

/// <summary>
/// Acknowledged messages over a network that cuts connections after random numbers of bytes, in either direction: inside
/// requests and answers, between them, and while connects are held. Whoever receives gets everything exactly once and in order.
/// </summary>
/// <remarks>The server's clock stands still: nothing gets better by waiting, and no session expires.</remarks>
public sealed class CutConnectionTests
{
    private static readonly Receiver[] Receivers =
    [
        new("polling", AsksAtOnce: true, _ => false),
        new("polling-patiently", AsksAtOnce: false, _ => false),
        new("socket", AsksAtOnce: true, _ => true),
        new("socket-patiently", AsksAtOnce: false, _ => true),
        new("switching", AsksAtOnce: true, random => random.Next(4) == 0),
        new("switching-patiently", AsksAtOnce: false, random => random.Next(2) == 0),
    ];

    [Fact]
    [Area("CometD WebSocket", "Concurrent abort and publish")]
    [Area("CometD HTTP", "Ack extension")]
    [Area("CometD transports", "Connect failure with ack / overtaken connect with ack")]
    public Task Everything_arrives_exactly_once_and_in_order_over_thousands_of_cuts() => Cut(times: 3000);

    [Fact(Explicit = true)]
    public Task Everything_arrives_exactly_once_and_in_order_over_hundreds_of_thousands_of_cuts() =>
        Cut(Chance.Cases(unlessSet: 300_000));

    private static RateLimit Plenty => new(PerSecond: 1, Burst: int.MaxValue);

    private static async Task Cut(int times)
    {
        var random = Chance.New();
        await using var host = await TestHost.Start(new ManualTime(), WithRoom);
        var began = Stopwatch.GetTimestamp();

        var runs = Receivers.Select(one => Run(host, one, times / Receivers.Length, new Random(random.Next()))).ToList();
        foreach (var line in await Task.WhenAll(runs)) Chance.Say(line);

        Chance.Say($"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        Assert.True(host.Errors.Count == 0, string.Join("\n", host.Errors.Take(3)));
    }

    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task The_official_client_hands_everything_to_its_application_once_and_in_order(string transport)
    {
        var random = Chance.New();
        await using var host = await TestHost.Start(new ManualTime(), WithRoom);
        await using var network = FlakyNetwork.To(host.Address);
        using var events = new NumberedEvents(random, host.PublishJson, host.PublishJson);
        await using var client = await LibraryClient.Start(ClientSettings.Of("cometd-9.0.0", transport, ack: true) with
        {
            Url = network.Address,
            Configuration = new Dictionary<string, object>
            {
                ["logLevel"] = "none",
                ["backoffIncrement"] = 1,
                ["maxBackoff"] = 1,
            },
        });
        client.Tell("handshake");
        await client.Hears("handshake true");
        client.Tell("subscribe", "/story/*");
        await client.Hears("subscribe true");

        events.Begin("/story/one", "/story/two");
        var isOver = false;
        var receiving = Receive();
        var cutting = network.CutAtRandom(200, new Random(random.Next()));
        await await Task.WhenAny(cutting, receiving);
        await events.End("/story/one");
        isOver = true;
        await receiving;

        Chance.Say($"{events.Received} events");
        Assert.Single(host.Server.SessionsOf("anonymous"));

        async Task Receive()
        {
            while (!isOver || !events.AllReceived)
            {
                var data = (await client.Hears("event ")).Split(' ', 3)[2];
                events.Receive(new JsonObject { ["data"] = JsonNode.Parse(data) });
            }
        }
    }

    private static async Task<string> Run(TestHost host, Receiver receiver, int cuts, Random random)
    {
        var name = receiver.Name;
        using var lazy = host.Server.Channels.BeLazy(ChannelName.Parse($"/{name}/presence"), TimeSpan.FromSeconds(1));
        await using var network = FlakyNetwork.To(host.Address);
        var (polling, socket) = (await new Polling(host.NewHttp()).Open(), await RawSocket.Open(host));
        using var events = new NumberedEvents(random, host.PublishJson, host.PublishJson, polling.Publish, PublishBySocket);
        using var client = new AcknowledgingClient(network.Address, name, events.Receive) { AsksAtOnce = receiver.AsksAtOnce };

        await client.Handshake($"/{name}/*");
        events.Begin($"/{name}/news", $"/{name}/talk", $"/{name}/presence");
        var isOver = false;
        var receiving = Receive();
        var cutting = network.CutAtRandom(cuts, new Random(random.Next()));
        await await Task.WhenAny(cutting, receiving);
        await events.End($"/{name}/news");
        isOver = true;
        await receiving;
        socket.Dispose();
        return $"{name}: {cuts} cuts, {client.Answered} connects answered, {events.Received} events";

        async Task Receive()
        {
            while (!isOver || !events.AllReceived) await client.Connect(receiver.UsesWebSocket(random));
        }

        Task<JsonArray> PublishBySocket(string channel, string data) => socket.Ask(channel, ",\"data\":" + data);
    }

    private static void WithRoom(BayeuxOptions options) =>
        (options.Publishes, options.PublishesPerPrincipal, options.MaxQueueBytes) = (Plenty, Plenty, 16 * 1024 * 1024);

    /// <summary>One who receives.</summary>
    private sealed record Receiver(string Name, bool AsksAtOnce, Func<Random, bool> UsesWebSocket);
}
