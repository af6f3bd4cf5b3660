using System.Globalization;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What arrives at other people's clients: everything that was said, once, in order, and as it was said.</summary>
public sealed class DeliveryTests
{
    [Theory, MemberData(nameof(ClientMatrix.NewestOfEach), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Charset, falsy data")]
    [Area("Faye", "engine")]
    public async Task Nothing_and_zero_and_foreign_letters_are_events(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        object?[] all = ["", 0, false, null, "ø 漢字 😀 \u2028\u2029", new { text = "</script>" }];
        foreach (var one in all) scene.Publish(one);
        await scene.Client.HearsEvents("/news", all);
    }

    [Theory, MemberData(nameof(ClientMatrix.NewestOfEach), MemberType = typeof(ClientMatrix))]
    [Area("Faye", "engine")]
    public async Task Patterns_match_and_a_session_gets_one_copy_however_many_of_its_subscriptions_do(
        string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        scene.Client.Tell("subscribe", "/*");
        scene.Client.Tell("subscribe", "/**");
        await scene.Client.Hears("subscribe true /**");

        // The client hands each copy to every subscription of its own that matches: three times, not nine.
        scene.Publish(1);
        await scene.Client.HearsEvents("/news", 1, 1, 1);
        scene.Host.Publish("/news/sport", 2);
        await scene.Client.HearsEvents("/news/sport", 2);
        scene.Publish(3);
        await scene.Client.HearsEvents("/news", 3, 3, 3);
    }

    [Theory, MemberData(nameof(ClientMatrix.NewestOfEach), MemberType = typeof(ClientMatrix))]
    [Area("CometD transports", "Load")]
    public async Task A_rush_arrives_whole_and_in_order(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        object?[] all = [.. Enumerable.Range(0, 500)];
        foreach (var one in all) scene.Publish(one);
        await scene.Client.HearsEvents("/news", all);
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Callback-polling")]
    public async Task A_batch_longer_than_a_URL_may_be_arrives_in_order(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        object[] all = [.. Enumerable.Range(0, 20).Select(i => i + new string('x', 300))];
        scene.Client.Tell(["batch", "/news", .. all]);
        await scene.Client.HearsEvents("/news", all);
    }

    [Theory]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [InlineData(ClientMatrix.NewestClient, "websocket")]
    [InlineData(ClientMatrix.NewestClient, "long-polling")]
    [Area("CometD transports", "Max message size")]
    public async Task Long_texts_arrive_once_the_client_is_allowed_to_send_them(string client, string transport)
    {
        var settings = ClientSettings.Of(client, transport) with
        {
            Configuration = new Dictionary<string, object> { ["maxSendBayeuxMessageSize"] = 100_000 },
        };
        await using var scene = await ClientScene.Open(settings);
        var text = new string('ø', 20_000);
        scene.Client.Tell("publish", "/news", text);
        await scene.Client.HearsEvents("/news", text);

        scene.Client.Tell("publish", "/news", new string('x', 70_000));
        await scene.Client.Hears("publish false /news");
        await scene.IsConnected();
        scene.Publish("still there");
        await scene.Client.HearsEvents("/news", "still there");
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Publish held until handshook; messages after failed handshake")]
    public async Task What_is_published_during_the_handshake_follows_it(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Set(ClientSettings.Of(client, transport, ack));
        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        scene.Client.Tell("publish", "/other", "early");
        await scene.Client.Hears("publish true /other");
        await scene.IsConnected();
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area("CometD transports", "Server sends before first connect")]
    public async Task What_the_host_says_before_the_first_connect_arrives(string client, string transport, bool ack)
    {
        foreach (var withHandshake in new[] { false, true })
        {
            await using var scene = await ClientScene.Set(
                ClientSettings.Of(client, transport, ack), o => o.DeliverWithHandshake = withHandshake);
            scene.Host.Server.SessionStarted += session =>
                session.Deliver(BayeuxEvent.Create(ChannelName.Parse("/news"), "\"welcome\""u8));
            scene.Client.Tell("subscribe", "/news");
            scene.Client.Tell("handshake");
            await scene.Client.HearsEvents("/news", "welcome");
            await scene.IsConnected();
            scene.Publish("next");
            await scene.Client.HearsEvents("/news", "next");
        }
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Remote calls")]
    public async Task A_remote_call_gets_its_answer_or_its_failure(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        using var echo = scene.Host.Server.Channels.Listen(ChannelName.Parse("/service/echo"), message =>
        {
            if (message.Data.Span.SequenceEqual("\"bad\""u8)) message.AnswerFailure("\"no\""u8);
            else message.Answer(message.Data.Span);
            return new(true);
        });
        scene.Client.Tell("call", "echo", "good");
        await scene.Client.Hears("call true \"good\"");
        scene.Client.Tell("call", "echo", "bad");
        await scene.Client.Hears("call false \"no\"");
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task The_other_extensions_of_the_client_work(string client, string transport, bool ack)
    {
        var settings = ClientSettings.Of(client, transport, ack);
        settings = settings with
        {
            Extensions = [.. settings.Extensions, "TimeSyncExtension", "TimeStampExtension", "BinaryExtension"],
        };
        var serverTime = new ManualTime();
        await using var scene = await ClientScene.Open(settings, o =>
        {
            o.Extensions.Add(new TimesyncExtension(serverTime));
            o.Extensions.Add(new TimestampExtension(serverTime));
        });

        scene.Client.Tell("binary", "/news", 0, 1, 254, 255);
        await scene.Client.HearsEvents("/news", new[] { 0, 1, 254, 255 });

        // The server's clock stands still, far from the client's, and the client knows.
        scene.Client.Tell("clock");
        var said = (await scene.Client.Hears("clock")).Split(' ')[1];
        var offset = TimeSpan.FromMilliseconds(long.Parse(said, CultureInfo.InvariantCulture));
        var expected = serverTime.GetUtcNow() - DateTimeOffset.UtcNow;
        Assert.InRange(offset - expected, TimeSpan.FromHours(-1), TimeSpan.FromHours(1));
    }
}
