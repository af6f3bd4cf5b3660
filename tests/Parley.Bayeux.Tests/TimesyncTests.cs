using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary><c>ext.timesync</c>: what the server tells of its clock. A client's time is given beside the server's.</summary>
public sealed class TimesyncTests
{
    private readonly ManualTime time = new();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(-500, 0, null, null)] // old clients say nothing of their lag
    [InlineData(-500, 0, 0, -500)]
    [InlineData(-500, 480, 20, null)] // exact, but for nothing
    [InlineData(-500, 400, 70, -30)]
    [InlineData(-500, 400, 75, -25)]
    [InlineData(-500, 400, 124, 24)]
    [InlineData(300, 0, 10, 310)]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task A_client_hears_how_wrong_it_is_unless_it_is_right_to_25_ms(int behind, int offset, int? lag, int? wrongBy)
    {
        await using var host = await Start();
        var tc = Now + behind;
        var reply = await Ask(host, $"{{\"tc\":{tc},\"o\":{offset}{(lag is null ? "" : $",\"l\":{lag}")}}}");

        var isRight = lag is not (null or 0) && Math.Abs(behind + offset + lag.Value) < 25;
        if (isRight) Assert.Null(reply["ext"]);
        else Assert.Equal(Expected(tc, wrongBy), reply["ext"]!["timesync"]!.ToJsonString());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"tc":"1"}""")]
    [InlineData("""{"tc":1.5}""")]
    [InlineData("""{"tc":1e300}""")]
    [InlineData("""{"tc":9223372036854775807,"l":9223372036854775807,"o":9223372036854775807}""")]
    public async Task Nonsense_gets_no_answer(string timesync)
    {
        await using var host = await Start();
        var reply = await Ask(host, timesync);
        Assert.True((bool?)reply["successful"]);
        Assert.Null(reply["ext"]);
    }

    [Theory]
    [InlineData("\"x\"", "{}")]
    [InlineData("9223372036854775807", "-1e400")]
    public async Task A_lag_or_an_offset_that_is_none_counts_as_absent(string lag, string offset)
    {
        await using var host = await Start();
        var reply = await Ask(host, $"{{\"tc\":{Now},\"l\":{lag},\"o\":{offset}}}");
        Assert.Equal(Expected(Now, null), reply["ext"]!["timesync"]!.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_time_a_connect_was_held_is_told(bool overWebSocket)
    {
        await using var host = await Start();
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");
        var tc = Now;
        var held = client.Ask("/meta/connect", $",\"ext\":{{\"timesync\":{{\"tc\":{tc},\"l\":0,\"o\":0}}}}");
        await Eventually.True(() => host.Session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(25));

        var timesync = (await held)[0]!["ext"]!["timesync"]!;
        Assert.Equal((tc, tc), ((long)timesync["tc"]!, (long)timesync["ts"]!));
        Assert.Equal((25_000, 0), ((int)timesync["p"]!, (int)timesync["a"]!));
    }

    [Theory]
    [InlineData("/meta/handshake", true)]
    [InlineData("/meta/connect", true)]
    [InlineData("/meta/subscribe", true)]
    [InlineData("/meta/unsubscribe", true)]
    [InlineData("/meta/disconnect", true)]
    [InlineData("/a", false)]
    public async Task Every_meta_message_may_ask_and_no_publish(string channel, bool isAnswered)
    {
        await using var host = await Start();
        var client = await new Polling(host.Http).Open();
        const string ForAny = ",\"subscription\":\"/a\",\"data\":1,\"advice\":{\"timeout\":0}";
        var message = client.Message(channel, $"{ForAny},\"ext\":{{\"timesync\":{{\"tc\":{Now}}}}}");
        var reply = (await client.Send($"[{message}]"))[0]!;
        Assert.True((bool?)reply["successful"]);
        Assert.Equal(isAnswered, reply["ext"] is not null);
    }

    private Task<TestHost> Start() => TestHost.Start(time, o => o.Extensions.Add(new TimesyncExtension(time)));

    private string Expected(long tc, int? wrongBy) =>
        $"{{\"tc\":{tc},\"ts\":{Now},\"p\":0{(wrongBy is null ? "" : $",\"a\":{wrongBy}")}}}";

    private static async Task<JsonNode> Ask(TestHost host, string timesync)
    {
        var client = new Polling(host.Http);
        return (await client.Send($$$"""[{"channel":"/meta/handshake","ext":{"timesync":{{{timesync}}}}}]"""))[0]!;
    }
}
