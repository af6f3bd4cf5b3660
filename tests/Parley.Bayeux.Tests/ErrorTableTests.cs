using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests;

/// <summary>What is refused, with which words, and in which order the reasons are looked for.</summary>
public sealed class ErrorTableTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { """{"id":"1","clientId":"CLIENT"}""", "400::channel_missing" },
        { """{"channel":null,"clientId":"CLIENT"}""", "400::channel_missing" },
        { """{"channel":7,"clientId":"CLIENT"}""", "405::channel_invalid" },
        { """{"channel":"/a//b","clientId":"CLIENT","data":1}""", "405::channel_invalid" },
        { """{"channel":"/a b","clientId":"unknown","data":1}""", "405::channel_invalid" },
        { """{"channel":"/a/*","clientId":"CLIENT","data":1}""", "405::channel_invalid" },
        { """{"channel":"/a/**","clientId":"CLIENT","data":1}""", "405::channel_invalid" },
        { """{"channel":"/meta","clientId":"CLIENT","data":1}""", "405::channel_invalid" },
        { """{"channel":"/a","id":"1-2","clientId":"CLIENT","data":1}""", "405::message_id_invalid" },
        { """{"channel":"/a","id":"","clientId":"CLIENT","data":1}""", "405::message_id_invalid" },
        { """{"channel":"/a","id":1.5,"clientId":"CLIENT","data":1}""", "405::message_id_invalid" },
        { """{"channel":"/a","id":[1],"clientId":"CLIENT","data":1}""", "405::message_id_invalid" },
        { """{"channel":"/meta/handshake","id":"?"}""", "405::message_id_invalid" },
        { """{"channel":"/meta/connect"}""", "402::session_unknown" },
        { """{"channel":"/meta/connect","clientId":"00000000000000000000000000000000"}""", "402::session_unknown" },
        { """{"channel":"/meta/connect","clientId":7}""", "402::session_unknown" },
        { """{"channel":"/meta/subscribe","clientId":"unknown","subscription":"/a"}""", "402::session_unknown" },
        { """{"channel":"/meta/disconnect","clientId":"unknown"}""", "402::session_unknown" },
        { """{"channel":"/a","data":1}""", "402::session_unknown" },
        { """{"channel":"/meta/unknown","clientId":"CLIENT","data":1}""", "403:denied_by_security_policy:channel_create_denied" },
        { """{"channel":"/service/x","clientId":"CLIENT","data":1}""", "403:denied_by_security_policy:publish_denied" },
        { """{"channel":"/closed","clientId":"CLIENT","data":1}""", "403:denied_by_security_policy:publish_denied" },
        { """{"channel":"/a","clientId":"CLIENT"}""", "400::data_missing" },
        { """{"channel":"/a","clientId":"CLIENT","data":"LARGE"}""", "413::message_too_large" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT"}""", "403::subscription_missing" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":null}""", "403::subscription_missing" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":[]}""", "403::subscription_missing" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":{"a":1}}""", "403::subscription_invalid" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":["/a",1]}""", "403::subscription_invalid" },
        { """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/a/*/b"}""", "403::subscription_invalid" },
        {
            """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/meta/**"}""",
            "403:denied_by_security_policy:subscribe_denied"
        },
        {
            """{"channel":"/meta/subscribe","clientId":"CLIENT","subscription":"/closed"}""",
            "403:denied_by_security_policy:subscribe_denied"
        },
        { """{"channel":"/meta/unsubscribe","clientId":"CLIENT"}""", "403::subscription_missing" },
        { """{"channel":"/meta/unsubscribe","clientId":"CLIENT","subscription":3}""", "403::subscription_invalid" },
    };

    [Theory, MemberData(nameof(Refused))]
    [Area("CometD HTTP", "Bad JSON, validation")]
    [Area("Faye", "connect")]
    [Area("Faye", "subscribe / unsubscribe")]
    [Area("Faye", "publish")]
    [Area("Faye", "disconnect")]
    public async Task A_message_is_refused_with_the_words_clients_know(string message, string error)
    {
        await using var host = await TestHost.Start(configure: o => o.MaxPublishSize = 100);
        host.Policy.Denied.Add("/closed");
        var client = await new Polling(host.Http).Open();

        var text = message.Replace("CLIENT", client.ClientId).Replace("LARGE", new string('x', 100));
        var reply = Assert.Single(await client.Send($"[{text}]"))!;
        Assert.False((bool?)reply["successful"]);
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Null(reply["data"]);
    }

    [Fact]
    [Area("What clients depend on", "402 re-handshakes only when it answers a connect")]
    public async Task A_402_advises_a_handshake_only_where_it_answers_a_connect()
    {
        await using var host = await TestHost.Start();
        var replies = await new Polling(host.Http)
            .Send("""[{"channel":"/meta/connect"},{"channel":"/meta/subscribe"},{"channel":"/a"}]""");

        Assert.Equal("""{"reconnect":"handshake","interval":0}""", replies[0]!["advice"]!.ToJsonString());
        Assert.Null(replies[1]!["advice"]);
        Assert.Null(replies[2]!["advice"]);
    }

    [Fact]
    public async Task One_refusal_does_not_stop_the_rest_and_replies_keep_the_order_of_the_requests()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        var replies = await client.Send(
            $"[{client.Message("/meta/subscribe", ",\"subscription\":\"/b\"")},{client.Message("/a")},"
            + $"{client.Message("/c", ",\"data\":1")}]");

        Assert.Equal(["/meta/subscribe", "/a", "/c"], replies.Select(r => (string?)r!["channel"]));
        Assert.Equal([true, false, true], replies.Select(r => (bool)r!["successful"]!));
    }

    [Theory]
    [Area("CometD HTTP", "Bad JSON, validation")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("Faye", "node adapter")]
    [InlineData("", 400)]
    [InlineData("[", 400)]
    [InlineData("{\"channel\":", 400)]
    [InlineData("[]", 400)]
    [InlineData("7", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("[1]", 400)]
    [InlineData("[{}] x", 400)]
    [InlineData("[{}][{}]", 400)]
    [InlineData("""[{"channel":"/\ud800"}]""", 400)]
    [InlineData("""[{"channel":"/meta/handshake"},{"channel":"/meta/connect"}]""", 400)]
    [InlineData("""[{"channel":"/meta/connect"},{"channel":"/meta/handshake"}]""", 400)]
    [InlineData("{}", 200)]
    [InlineData("""{"channel":"/meta/handshake"}""", 200)]
    [InlineData(""" [ {"channel":"/meta/handshake"} ] """, 200)]
    public async Task A_payload_is_taken_or_refused_as_a_whole(string payload, int status)
    {
        await using var host = await TestHost.Start();
        using var response = await new Polling(host.Http).Post(payload);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray());
    }

    [Fact]
    public async Task Nesting_deeper_than_64_is_refused()
    {
        await using var host = await TestHost.Start();
        foreach (var (depth, status) in new[] { (62, 200), (63, 400) })
        {
            var nested = new string('[', depth) + new string(']', depth);
            using var response = await new Polling(host.Http).Post($$"""[{"channel":"/a","data":{{nested}}}]""");
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    [Area("CometD transports", "Max message size")]
    public async Task More_than_256_messages_or_64_KiB_are_refused()
    {
        await using var host = await TestHost.Start();
        var client = new Polling(host.Http);
        string Many(int count) => "[" + string.Join(',', Enumerable.Repeat("{}", count)) + "]";

        Assert.Equal(256, (await client.Send(Many(256))).Count);
        using var tooMany = await client.Post(Many(257));
        Assert.Equal(400, (int)tooMany.StatusCode);

        using var fits = await client.Post("[{}]".PadRight(65536));
        Assert.Equal(200, (int)fits.StatusCode);
        using var tooLarge = await client.Post("[{}]".PadRight(65537));
        Assert.Equal(413, (int)tooLarge.StatusCode);
    }

    [Theory]
    [Area("CometD HTTP", "Charset")]
    [Area("Faye", "node adapter")]
    [InlineData("application/json", 200)]
    [InlineData("application/json;charset=UTF-8", 200)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    [InlineData("text/plain", 200)]
    [InlineData(null, 200)]
    [InlineData("application/json;charset=iso-8859-1", 415)]
    public async Task Only_UTF_8_is_understood(string? contentType, int status)
    {
        await using var host = await TestHost.Start();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("[{}]"));
        if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await host.Http.PostAsync(host.Address, content);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("Faye", "node adapter")]
    [InlineData("GET", 400)]
    [InlineData("OPTIONS", 200)]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    public async Task Methods_other_than_POST_are_answered_as_the_table_says(string method, int status)
    {
        await using var host = await TestHost.Start();
        using var response = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), host.Address));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 405) Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [Area("CometD JavaScript", "URL path")]
    [Area("What clients depend on", "URL suffixes and a trailing slash appear on HTTP only")]
    [InlineData("/")]
    [InlineData("/handshake")]
    [InlineData("/connect")]
    [InlineData("/some/thing")]
    [InlineData("/target.cometd")]
    [InlineData("/?param=1")]
    [InlineData("?param=1")]
    public async Task A_suffix_of_the_path_means_nothing(string suffix)
    {
        await using var host = await TestHost.Start();
        using var response = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake"}]""", suffix);
        Assert.Contains("\"clientId\"", await response.Content.ReadAsStringAsync());
    }
}
