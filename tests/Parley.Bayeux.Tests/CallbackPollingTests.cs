using System.Text;
using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>JSONP: payloads in URLs, answers as scripts, and only for pages that show where they come from.</summary>
[Area("CometD JavaScript", "Callback-polling")]
public sealed class CallbackPollingTests
{
    private const string Handshake = """[{"channel":"/meta/handshake","id":"0"}]""";

    [Fact]
    public async Task A_payload_in_the_URL_is_answered_with_a_script_that_no_browser_takes_for_anything_else()
    {
        await using var host = await Start();
        using var response = await Get(host, "cb.x-1_", Handshake);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
        var script = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("/**/cb.x-1_([{\"channel\":\"/meta/handshake\"", script, StringComparison.Ordinal);
        Assert.EndsWith("])", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_message_parameters_are_one_payload_and_count_as_one()
    {
        await using var host = await Start(o => o.MaxMessagesPerPayload = 2);
        var client = await Client.Open(host);
        var replies = await client.Send(
            client.Message("/meta/subscribe", ",\"subscription\":\"/a\""), $"[{client.Message("/b", ",\"data\":\"ü+&%\"")}]");
        Assert.Equal(["/meta/subscribe", "/b"], replies.Select(r => (string?)r!["channel"]));

        using var tooMany = await client.Get(client.Message("/a"), client.Message("/a"), client.Message("/a"));
        Assert.Equal(400, (int)tooMany.StatusCode);
        using var company = await client.Get(client.Message("/a"), Handshake);
        Assert.Equal(400, (int)company.StatusCode);
        using var nothing = await client.Get();
        Assert.Equal(400, (int)nothing.StatusCode);
    }

    [Fact]
    public async Task Events_travel_with_connects_only()
    {
        await using var host = await Start();
        var client = await Client.Open(host, "/a");
        Assert.Equal("""[{"channel":"/a","id":"3","successful":true}]""", (await client.Publish("/a", "1")).ToJsonString());
        Assert.Equal(["/a", "/meta/connect"], (await client.Connect()).Select(m => (string?)m!["channel"]));

        var poll = client.Connect();
        await Eventually.True(() => Session(host).HoldsConnect);
        Assert.Single(await client.Publish("/a", "2"));
        Assert.Equal(2, (int?)(await poll)[0]!["data"]);
    }

    [Fact]
    public async Task A_text_does_not_end_the_line_of_the_script()
    {
        await using var host = await Start();
        var client = await Client.Open(host, "/a");
        var data = Encoding.UTF8.GetBytes("\"a\u2028b\u2029c\u2027\u202A\"");
        host.Server.Publish(BayeuxEvent.Create(ChannelName.Parse("/a"), data));
        using var response = await client.Get(client.Message("/meta/connect"));
        var script = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"a\\u2028b\\u2029c\u2027\u202A\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_connect_ends_as_one_of_long_polling_does()
    {
        var time = new ManualTime();
        await using var host = await Start(time: time);
        var client = await Client.Open(host, "/a");

        using (var gone = await Superseded(host, client))
        {
            Assert.Equal(409, (int)gone.StatusCode);
            Assert.Empty(await gone.Content.ReadAsStringAsync());
        }
        await Eventually.True(() => Session(host).IsExpiring);

        var patient = client.Connect();
        await Eventually.True(() => Session(host).HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("/meta/connect", (string?)Assert.Single(await patient)!["channel"]);

        using var impatience = new CancellationTokenSource();
        var given = client.Get(impatience.Token, client.Message("/meta/connect"));
        await Eventually.True(() => Session(host).HoldsConnect);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Eventually.True(() => !Session(host).HoldsConnect);
        host.Publish("/a", 1);
        Assert.Equal(2, (await client.Connect()).Count);

        var last = client.Get(client.Message("/meta/connect"));
        await Eventually.True(() => Session(host).HoldsConnect);
        var stop = host.Stop();
        using var stopped = await last;
        Assert.Contains("retry", await stopped.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stop;
    }

    [Theory]
    [InlineData("")]
    [InlineData("?message=[]")]
    [InlineData("?jsonp=&message=[]")]
    [InlineData("?jsonp=a(b&message=[]")]
    [InlineData("?jsonp=a;b&message=[]")]
    [InlineData("?jsonp=ä&message=[]")]
    [InlineData("?jsonp=a&jsonp=b&message=[]")]
    [InlineData("?jsonp=a")]
    [InlineData("?jsonp=a&message=[")]
    [InlineData("?jsonp=a&message=")]
    [InlineData("?jsonp=12345678901234567890123456789012345678901234567890123456789012345&message=[]")]
    public async Task A_request_that_is_not_understood_is_400_and_no_script(string query)
    {
        await using var host = await Start();
        using var response = await Send(host, query, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task It_is_off_by_default()
    {
        await using var host = await TestHost.Start();
        using var response = await Get(host, "cb", Handshake);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(403, "Sec-Fetch-Site", "cross-site")]
    [InlineData(403, "Sec-Fetch-Site", "same-site")]
    [InlineData(403, "Sec-Fetch-Site", "none")]
    [InlineData(403, "Referer", "http://evil.example/OWN")]
    [InlineData(403, "Referer", "http://OWN.evil.example/")]
    [InlineData(403, "Referer", "OWN")]
    [InlineData(403, "Origin", "http://evil.example")]
    [InlineData(403, "Origin", "null")]
    [InlineData(403, "Origin", "http://evil.example", "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Referer", "http://OWN/page?x=1")]
    [InlineData(200, "Origin", "http://OWN")]
    [InlineData(200, "Referer", "https://desk.example/page", "Sec-Fetch-Site", "cross-site")]
    [InlineData(200, "Origin", "https://desk.example", "Sec-Fetch-Site", "cross-site")]
    public async Task A_script_element_of_a_foreign_page_cannot_speak_for_its_visitor(int status, params string[] headers)
    {
        await using var host = await Start(o => o.AllowedOrigins = ["https://desk.example"]);
        var sent = headers.Chunk(2).Select(h => (h[0], h[1].Replace("OWN", host.Address.Authority, StringComparison.Ordinal)));
        using var response = await Send(host, "?jsonp=cb&message=" + Uri.EscapeDataString(Handshake), [.. sent]);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, host.Server.SessionCount);
    }

    [Fact]
    public async Task A_payload_above_the_limit_is_413_and_a_URL_above_the_web_servers_limit_414()
    {
        await using var host = await Start(o => o.MaxMessageSize = 1024);
        using var above = await Get(host, "cb", $"[{new string(' ', 600)}", $"{new string(' ', 600)}]");
        Assert.Equal(413, (int)above.StatusCode);
        using var within = await Get(host, "cb", Handshake.PadRight(1024));
        Assert.Equal(200, (int)within.StatusCode);
        using var long8K = await Get(host, "cb", new string('1', 9000));
        Assert.Equal(414, (int)long8K.StatusCode);
    }

    private static Task<TestHost> Start(Action<BayeuxOptions>? configure = null, TimeProvider? time = null) =>
        TestHost.Start(time ?? new ManualTime(), o =>
        {
            o.ConnectionTypes = ["long-polling", "callback-polling"];
            configure?.Invoke(o);
        });

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("anonymous").Single();

    private static async Task<HttpResponseMessage> Superseded(TestHost host, Client client)
    {
        var first = client.Get(client.Message("/meta/connect"));
        await Eventually.True(() => Session(host).HoldsConnect);
        Assert.Single(await client.Send(client.Message("/meta/connect", ",\"advice\":{\"timeout\":0}")));
        return await first;
    }

    private static Task<HttpResponseMessage> Get(TestHost host, string callback, params string[] messages) =>
        Send(host, Query(callback, messages), ("Sec-Fetch-Site", "same-origin"));

    private static Task<HttpResponseMessage> Send(TestHost host, string query, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, host.Address + query);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return host.Http.SendAsync(request);
    }

    private static string Query(string callback, string[] messages) =>
        $"?jsonp={callback}" + string.Concat(messages.Select(m => "&message=" + Uri.EscapeDataString(m)));

    /// <summary>A page of the server's own origin that adds script elements.</summary>
    private sealed class Client(TestHost host)
    {
        private string clientId = "";
        private int lastId;

        public static async Task<Client> Open(TestHost host, params string[] subscriptions)
        {
            var client = new Client(host);
            client.clientId = (string)(await client.Send(Handshake))[0]!["clientId"]!;
            foreach (var name in subscriptions)
                await client.Send(client.Message("/meta/subscribe", $",\"subscription\":\"{name}\""));
            await client.Connect();
            return client;
        }

        public Task<JsonArray> Connect() => Send(Message("/meta/connect"));

        public Task<JsonArray> Publish(string channel, string data) => Send(Message(channel, ",\"data\":" + data));

        public Task<HttpResponseMessage> Get(params string[] messages) => Get(CancellationToken.None, messages);

        public Task<HttpResponseMessage> Get(CancellationToken impatience, params string[] messages)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, host.Address + Query("cb", messages));
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            return host.Http.SendAsync(request, impatience);
        }

        public async Task<JsonArray> Send(params string[] messages)
        {
            using var response = await Get(messages);
            var script = await response.Content.ReadAsStringAsync();
            Assert.Equal(200, (int)response.StatusCode);
            return JsonNode.Parse(script["/**/cb(".Length..^1])!.AsArray();
        }

        public string Message(string channel, string more = "") =>
            $$"""{"channel":"{{channel}}","id":"{{++lastId}}","clientId":"{{clientId}}"{{more}}}""";
    }
}
