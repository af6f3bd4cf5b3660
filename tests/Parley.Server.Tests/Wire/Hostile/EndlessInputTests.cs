using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>Requests that never end, or not as they say: an answer, and the server stops reading.</summary>
public sealed class EndlessInputTests(HostileDesk desk) : IClassFixture<HostileDesk>
{
    /// <summary>Far more than any limit, what lies in the buffers of two sockets included.</summary>
    private const int Enough = 64 << 20;

    private const string Chat = $"{CustomerClient.Service}/0000Na0000NA0000";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";

    [Theory]
    [InlineData(CustomerClient.Service, Form, "nickname=", "x")]
    [InlineData($"{Chat}/send", Form, "secureKey=a&message=", "x")]
    [InlineData($"{Chat}/send", Form, "secureKey=a", "&k=1")]
    [InlineData($"{Chat}/send", "application/json", "{\"message\":\"", "x")]
    [InlineData($"{Chat}/send", "application/json", "{\"message\":", "[")]
    [InlineData($"{Chat}/send", Multipart, "", "no boundary")]
    [InlineData($"{Chat}/send", Multipart, "", "--x\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\n1\r\n")]
    [InlineData($"{Chat}/send", Multipart, "--x\r\nContent-Disposition: form-data; name=\"k\"\r\nX-A: ", "x")]
    [InlineData($"{Chat}/send", "text/plain", "", "x")]
    [InlineData($"{Chat}/file/limits", Form, "secureKey=", "x")]
    [InlineData("/genesys/2/chat-ntf", Form, "secureKey=", "x")]
    [InlineData(GwsClient.Root, "application/json", "{\"nickname\":\"", "x")]
    [InlineData($"{GwsClient.Root}/7c9d0a52-3b1e-4f0c-9a67-5f2b6c81d4e0", "text/plain", "{\"text\":", "{\"a\":")]
    [InlineData("/genesys/cometd", "application/json", "[{\"channel\":\"", "x")]
    [InlineData("/genesys/cometd", "application/json", "", "[")]
    public async Task A_body_without_end_is_answered_and_read_no_further(string path, string mediaType, string start, string more)
    {
        var before = await desk.Stored();
        var chunk = string.Concat(Enumerable.Repeat(more, (1 << 16) / more.Length));
        var (sent, answer) = await Send(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: {mediaType}\r\n\r\n"
            + (start.Length == 0 ? "" : $"{start.Length:x}\r\n{start}\r\n"),
            $"{chunk.Length:x}\r\n{chunk}\r\n");
        Assert.Matches("^HTTP/1.1 4(00|13) ", answer);
        Assert.Contains("application/json", answer, StringComparison.Ordinal);
        Assert.True(sent < Enough, $"{sent} bytes were taken");
        Assert.Equal(before, await desk.Stored());
    }

    [Theory]
    [InlineData("POST /genesys/2/chat/customer-support HTTP/1.1\r\nHost: localhost\r\n", "X-More: nonsense\r\n", 431)]
    [InlineData("POST /genesys/2/chat/customer-support HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "x", 431)]
    [InlineData("GET /api/v2/chats/", "x", 414)]
    public async Task Headers_and_addresses_without_end_are_read_no_further(string start, string more, int status)
    {
        var (sent, answer) = await Send(start, string.Concat(Enumerable.Repeat(more, (1 << 16) / more.Length)));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.True(sent < Enough, $"{sent} bytes were taken");
    }

    [Theory]
    [InlineData(CustomerClient.Service, "nickname=Ada")]
    [InlineData(CustomerClient.Service, "{\"nickname\":\"Ada\"}")]
    [InlineData(GwsClient.Root, "{\"operationName\":\"RequestChat\",\"nickname\":\"Ada\"}")]
    public async Task A_body_that_is_shorter_than_it_says_begins_no_chat(string path, string body)
    {
        var before = await desk.Stored();
        using var line = await Connect();
        var answer = Answer(line.GetStream());
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\nContent-Type: {Form}\r\n\r\n{body}"));
        line.Client.Shutdown(SocketShutdown.Send);
        // who has hung up may get no answer
        Assert.Matches("^$|^HTTP/1.1 400 ", await answer.WaitAsync(Eventually.Patience));
        Assert.Equal(before, await desk.Stored());
    }

    [Theory]
    [InlineData("/genesys/2/chat/%00/x/refresh", 400)]
    [InlineData("/genesys/2/chat/%FF/%C0%AF/refresh", 200)]
    [InlineData("/genesys/2/chat/../../../etc/passwd", 404)]
    [InlineData("/genesys/2/chat/customer-support/a%2F..%2Fb/refresh", 200)]
    [InlineData("/genesys/2/chat/customer-support/<script>/refresh", 200)]
    [InlineData("/genesys/2/chat/customer-support/\u00FF/refresh", 400)]
    public async Task An_address_of_nonsense_is_answered(string path, int status)
    {
        using var line = await Connect();
        await line.GetStream().WriteAsync(Encoding.Latin1.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
        using var reader = new StreamReader(line.GetStream());
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("text/html", answer, StringComparison.Ordinal);
    }

    /// <summary>Sends a start, and more of it until the server hangs up; what it answered, and how much it took.</summary>
    private async Task<(long Sent, string Answer)> Send(string start, string more)
    {
        using var line = await Connect();
        var answer = Answer(line.GetStream());
        var chunk = Encoding.ASCII.GetBytes(more);
        long sent = 0;
        try
        {
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start));
            for (; sent < Enough; sent += chunk.Length) await line.GetStream().WriteAsync(chunk);
        }
        catch (IOException)
        {
            // the server has hung up
        }
        return (sent, await answer.WaitAsync(Eventually.Patience));
    }

    private static async Task<string> Answer(NetworkStream stream)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        try
        {
            while (await stream.ReadAsync(buffer) is var count and > 0) answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // what came before the end is what counts
        }
        return answer.ToString();
    }

    private async Task<TcpClient> Connect()
    {
        var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, desk.Server.Address.Port);
        return line;
    }
}
