using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Parley.Bayeux.Tests;

/// <summary>Whatever bytes come, they are answered as the protocol says and nothing else happens.</summary>
public sealed class HostileBytesTests
{
    private static readonly string[] Seeds =
    [
        """
        [{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{"a":[1]}}]
        """,
        """
        [{"channel":"/meta/connect","id":2,"clientId":"CLIENT","connectionType":"long-polling",
          "advice":{"timeout":0,"interval":5}}]
        """,
        """
        [{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":["/a","/b/**"]},
         {"channel":"/meta/unsubscribe","clientId":"CLIENT","subscription":"/a"}]
        """,
        """
        [{"channel":"/a/b","clientId":"CLIENT","data":{"text":"é\u00e9\ud83d\ude00","n":-1.5e3,"x":[true,false,null]}},
         {"channel":"/meta/connect","clientId":"CLIENT"}]
        """,
    ];

    [Fact]
    public async Task Over_HTTP_every_payload_is_answered_200_or_400_with_a_json_array()
    {
        var random = NewRandom();
        await using var host = await TestHost.Start(configure: o => o.Timeout = TimeSpan.Zero);
        var client = await new Polling(host.Http).Open("/**");
        var statuses = new Dictionary<int, int>();
        for (var i = 0; i < 3000; i++)
        {
            var payload = Mutated(random, client.ClientId);
            using var content = new ByteArrayContent(payload);
            using var response = await host.Http.PostAsync(host.Address, content);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            Assert.True(status is 200 or 400, $"{status} for {Convert.ToHexString(payload)}");
            Assert.NotEmpty(JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!.AsArray());
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses));
        Assert.True(statuses[200] > 300 && statuses[400] > 300, "the mutations are too wild or too tame to test much");
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Over_WebSocket_every_payload_is_answered_or_closes_the_connection_with_a_reason()
    {
        var random = NewRandom();
        await using var host = await TestHost.Start(configure: o => o.Timeout = TimeSpan.Zero);
        for (var i = 0; i < 300; i++)
        {
            using var socket = await RawSocket.Open(host);
            var payload = Mutated(random, socket.ClientId);
            if (!Utf8.IsValid(payload)) continue; // the framework closes, 1007, before the payload is ours
            await socket.Send(payload, WebSocketMessageType.Text);
            await socket.Send("[");
            Assert.Contains(await socket.Closed(), new[] { 1002, 1007, 1008 });
        }
        Assert.Empty(host.Errors);
    }

    [Fact]
    public void An_ext_whose_members_have_no_proper_names_is_malformed() =>
        Assert.Equal(
            PayloadFault.Malformed,
            BayeuxReader.Read("""[{"channel":"/a","ext":{"\ud800a":[1]}}]"""u8.ToArray(), 256, []));

    [Fact]
    public void No_payload_makes_the_reader_throw()
    {
        var random = NewRandom();
        for (var i = 0; i < 50_000; i++)
        {
            var payload = Mutated(random, "0123456789abcdef");
            var messages = new List<BayeuxMessage>();
            if (BayeuxReader.Read(payload, 256, messages) is PayloadFault.None) Assert.InRange(messages.Count, 1, 256);
        }
    }

    private static Random NewRandom()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static byte[] Mutated(Random random, string clientId)
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)].Replace("CLIENT", clientId)).ToList();
        for (var mutations = random.Next(0, 4); mutations > 0 && bytes.Count > 1; mutations--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Interesting[random.Next(Interesting.Length)]));
                    break;
                default:
                    bytes[at] = (byte)"\"{}[]:,\\/0u* "[random.Next(13)];
                    break;
            }
        }
        return [.. bytes];
    }

    private static readonly string[] Interesting =
        [
            "null", "\\ud800", "\\u0000", "1e999", "[[[[", "{\"", "\"channel\":", "\"id\":{},", "\"clientId\":null,", "//", "/**",
            "\u2028", "-", "true", "\"advice\":",
        ];
}
