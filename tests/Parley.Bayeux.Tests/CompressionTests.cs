using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Compression of WebSockets by an option, and of HTTP by the host's own middleware.</summary>
public sealed class CompressionTests
{
    [Theory]
    [InlineData(false, "permessage-deflate", null, 0x81)]
    [InlineData(true, null, null, 0x81)]
    [InlineData(true, "permessage-deflate", "permessage-deflate; server_no_context_takeover", 0xC1)]
    [Area("CometD WebSocket", "Extension negotiation")]
    public async Task WebSockets_are_compressed_where_both_sides_want_it(bool on, string? offer, string? chosen, int firstByte)
    {
        await using var host = await TestHost.Start(configure: o => o.CompressWebSockets = on);
        using var wire = await RawWire.Open(host);
        var head = await wire.Upgrade(offer is null ? "" : $"Sec-WebSocket-Extensions: {offer}\r\n");
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Equal(
            chosen is null ? [] : ["Sec-WebSocket-Extensions: " + chosen],
            head.Split("\r\n").Where(line => line.StartsWith("Sec-WebSocket-Ext", StringComparison.OrdinalIgnoreCase)));

        await wire.WriteFrame("""[{"channel":"/meta/handshake"}]""");
        Assert.Equal(firstByte, await wire.ReadByte());
    }

    [Fact]
    [Area("CometD WebSocket", "Extension negotiation")]
    public async Task Compressed_messages_arrive_as_they_were_sent()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.CompressWebSockets = true);
        using var socket = await RawSocket.Connect(host, Compressing);
        await socket.Handshake();
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        for (var i = 1; i < 60_000; i *= 7)
        {
            var text = new string('x', i);
            await socket.Send($"[{socket.Message("/a", $",\"data\":\"{text}\"")}]");
            var received = new List<JsonNode?>();
            while (received.Count < 2) received.AddRange(await socket.Receive());
            Assert.Equal(text, (string?)received[0]!["data"]);
        }
    }

    [Fact]
    public async Task A_small_frame_that_inflates_beyond_the_limit_closes_with_1009()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.CompressWebSockets = true);
        using var socket = await RawSocket.Connect(host, Compressing);
        await socket.Send(new string(' ', 5_000_000));
        Assert.Equal(1009, await socket.Closed());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task The_hosts_response_compression_leaves_events_and_held_polls_as_they_are(string encoding)
    {
        await using var host = await TestHost.Start(
            new ManualTime(),
            build: builder => builder.Services.AddResponseCompression(),
            use: app => app.UseResponseCompression());
        var client = await new Polling(host.Http).Open("/a");
        var poll = PostAccepting(host, $"[{client.Message("/meta/connect")}]", encoding);
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        Assert.False(poll.IsCompleted);

        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => i % 1000));
        host.Publish("/a", text);
        using var answer = await poll;
        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        var messages = JsonNode.Parse(await Decompressed(answer, encoding))!.AsArray();
        Assert.Equal(text, (string?)messages[0]!["data"]);
        Assert.True((bool?)messages[1]!["successful"]);
    }

    [Fact]
    public async Task The_hosts_request_decompression_is_bounded_by_the_largest_payload()
    {
        var inflated = 0L;
        await using var host = await TestHost.Start(
            build: builder => builder.Services.AddRequestDecompression(),
            use: app =>
            {
                app.UseRequestDecompression();
                app.Use(next => context =>
                {
                    var body = context.Request.Body;
                    context.Request.Body = new CountingStream(body, count => Interlocked.Add(ref inflated, count));
                    return next(context);
                });
            });

        using var modest = await PostCompressed(host, """[{"channel":"/meta/handshake"}]""" + new string(' ', 60_000));
        Assert.Equal(200, (int)modest.StatusCode);
        Assert.InRange(Interlocked.Exchange(ref inflated, 0), 60_000, 61_000);

        using var bomb = await PostCompressed(host, new string(' ', 50_000_000));
        Assert.InRange(bomb.RequestMessage!.Content!.Headers.ContentLength!.Value, 1, 64 * 1024);
        Assert.Equal(413, (int)bomb.StatusCode);
        Assert.InRange(inflated, 64 * 1024, 4 * 64 * 1024);
    }

    [Fact]
    public async Task A_body_that_cannot_be_decompressed_is_400()
    {
        await using var host = await TestHost.Start(
            build: builder => builder.Services.AddRequestDecompression(), use: app => app.UseRequestDecompression());
        using var content = new StringContent("[]") { Headers = { ContentEncoding = { "gzip" } } };
        using var response = await host.Http.PostAsync(host.Address, content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty(host.Errors);
    }

    private static void Compressing(ClientWebSocketOptions options) => options.DangerousDeflateOptions = new();

    private static Task<HttpResponseMessage> PostAccepting(TestHost host, string json, string encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, host.Address) { Content = new StringContent(json) };
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        return host.Http.SendAsync(request);
    }

    private static async Task<string> Decompressed(HttpResponseMessage answer, string encoding)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : new GZipStream(body, CompressionMode.Decompress);
        return await new StreamReader(plain).ReadToEndAsync();
    }

    private static Task<HttpResponseMessage> PostCompressed(TestHost host, string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        var content = new ByteArrayContent(bytes.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
        return host.Http.PostAsync(host.Address, content);
    }

    /// <summary>Tells how many bytes are read.</summary>
    private sealed class CountingStream(Stream inner, Action<int> count) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            count(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();
    }
}
