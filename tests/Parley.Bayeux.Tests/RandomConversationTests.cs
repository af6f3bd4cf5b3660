using System.Text.Json;

namespace Parley.Bayeux.Tests;

public sealed class RandomConversationTests
{
    private static readonly string[] Channels = ["/a", "/a/b", "/a/b/c", "/b"];
    private static readonly string[] Patterns = ["/a", "/a/b", "/a/*", "/a/**", "/*", "/**", "/b", "/a/b/*", "/service/x"];

    [Fact]
    public async Task Any_sequence_of_messages_delivers_what_a_plain_model_of_the_protocol_says()
    {
        var random = Chance.New();
        await using var host = await TestHost.Start();
        var clients = new List<Modelled>();

        for (var step = 0; step < 3000; step++)
        {
            if (clients.Count < 2 || (clients.Count < 6 && random.Next(20) == 0)) clients.Add(await Modelled.Open(host));
            var client = clients[random.Next(clients.Count)];
            switch (random.Next(10))
            {
                case 0 or 1:
                    await client.Subscribe(Patterns[random.Next(Patterns.Length)]);
                    break;
                case 2:
                    await client.Unsubscribe(Patterns[random.Next(Patterns.Length)]);
                    break;
                case 3 or 4 or 5:
                    var channel = Channels[random.Next(Channels.Length)];
                    clients.ForEach(c => c.Expect(channel, step));
                    await client.Publish(channel, step);
                    break;
                case 6 when random.Next(10) == 0:
                    await client.Disconnect();
                    clients.Remove(client);
                    break;
                default:
                    await client.Connect();
                    break;
            }
        }
        Assert.Equal(clients.Count, host.Server.SessionCount);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Events_of_several_publishers_reach_every_socket_once_and_in_each_publishers_order()
    {
        await using var host = await TestHost.Start(configure: o => (o.MaxQueue, o.MaxQueueBytes) = (100_000, 100_000_000));
        var sockets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RawSocket.Open(host, "/a/*")));
        var received = sockets.Select(async socket =>
        {
            var events = new List<int>();
            while (events.Count < 4000) events.AddRange((await socket.Receive()).Select(m => (int)m!["data"]!));
            return events;
        }).ToList();

        Parallel.For(0, 4, publisher =>
        {
            for (var i = 0; i < 1000; i++) host.Publish("/a/" + publisher, (publisher * 1000) + i);
        });
        foreach (var events in await Task.WhenAll(received))
        {
            Assert.All(events.GroupBy(n => n / 1000), own => Assert.Equal(Enumerable.Range(own.Key * 1000, 1000), own));
        }
        foreach (var socket in sockets) socket.Dispose();
    }

    [Fact]
    public async Task Events_published_while_a_client_polls_are_neither_lost_nor_repeated()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxQueue = 100_000);
        var client = await new Polling(host.Http).Open("/a");
        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < 3000; i++)
            {
                host.Publish("/a", i);
                if (i % 7 == 0) await Task.Yield();
            }
        });

        var events = new List<int>();
        while (events.Count < 3000) events.AddRange((await client.Connect()).SkipLast(1).Select(m => (int)m!["data"]!));
        Assert.Equal(Enumerable.Range(0, 3000), events);
        await publishing;
    }

    [Fact]
    public async Task Sessions_that_come_and_go_while_events_fly_leave_nothing_behind()
    {
        await using var host = await TestHost.Start(configure: o => (o.MaxQueue, o.MaxQueueBytes) = (10_000_000, 1_000_000_000));
        using var enough = new CancellationTokenSource();
        var publishing = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested) host.Publish("/a/b", 1);
        });
        await Parallel.ForAsync(0, 60, async (i, _) =>
        {
            using var socket = await RawSocket.Connect(host);
            await socket.Handshake();
            await socket.Send($"[{socket.Message("/meta/subscribe", ",\"subscription\":[\"/a/*\",\"/**\"]")}]");
            for (var frames = 0; frames < 5; frames++) await socket.Receive();
            if (i % 2 == 0) await socket.Send($"[{socket.Message("/meta/disconnect")}]");
            else host.Server.Disconnect(host.Server.Find(socket.ClientId)!);
            while (!(await socket.ReceiveText()).Contains("/meta/disconnect"))
            {
                // what was published before comes first
            }
        });
        await enough.CancelAsync();
        await publishing;

        await Eventually.True(() => host.Server.SessionCount == 0);
        Assert.Empty(host.Errors);
    }

    /// <summary>A client beside a list of what it must receive.</summary>
    private sealed class Modelled(Polling client)
    {
        private readonly HashSet<string> subscriptions = [];
        private readonly Queue<string> expected = new();

        public static async Task<Modelled> Open(TestHost host) => new(await new Polling(host.NewHttp()).Open());

        public void Expect(string channel, int number)
        {
            if (subscriptions.Any(s => Naive(s, channel))) expected.Enqueue($"{channel} {number}");
        }

        public async Task Subscribe(string pattern)
        {
            if (pattern != "/service/x") subscriptions.Add(pattern);
            await Check($"[{client.Message("/meta/subscribe", $",\"subscription\":\"{pattern}\"")}]");
        }

        public async Task Unsubscribe(string pattern)
        {
            subscriptions.Remove(pattern);
            await Check($"[{client.Message("/meta/unsubscribe", $",\"subscription\":\"{pattern}\"")}]");
        }

        public Task Publish(string channel, int number) =>
            Check($"[{client.Message(channel, ",\"data\":" + JsonSerializer.Serialize(number))}]");

        public Task Connect() => Check($"[{client.Message("/meta/connect", ",\"advice\":{\"timeout\":0}")}]");

        public Task Disconnect() => Check($"[{client.Message("/meta/disconnect")}]");

        private async Task Check(string payload)
        {
            var answer = await client.Send(payload);
            Assert.True((bool?)answer[^1]!["successful"]);
            foreach (var e in answer.SkipLast(1)) Assert.Equal(expected.Dequeue(), $"{e!["channel"]} {e["data"]}");
            Assert.Empty(expected);
        }

        private static bool Naive(string pattern, string channel)
        {
            var (p, c) = (pattern.Split('/'), channel.Split('/'));
            return p[^1] switch
            {
                "**" => c.Length >= p.Length && c.Take(p.Length - 1).SequenceEqual(p.SkipLast(1)),
                "*" => c.Length == p.Length && c.SkipLast(1).SequenceEqual(p.SkipLast(1)),
                _ => pattern == channel,
            };
        }
    }
}
