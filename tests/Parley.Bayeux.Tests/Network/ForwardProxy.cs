using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Bayeux.Tests.Network;

/// <summary>
/// An HTTP proxy on loopback: tunnels what CONNECT asks for and passes absolute URLs on, perhaps after a password.
/// </summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];
    private readonly string? password;
    private readonly Task accepting;

    /// <param name="credentials"><c>user:password</c>, without which it refuses; null to let everybody through.</param>
    public ForwardProxy(string? credentials)
    {
        password = credentials is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
        listener.Start();
        accepting = Accept();
    }

    /// <summary>The first line of each connection it passed on.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Its URL, with these credentials in it.</summary>
    public string AddressFor(string? credentials) =>
        $"http://{(credentials is null ? "" : credentials + "@")}127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        foreach (var end in ends) end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(Keep(await listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the listener was stopped, while it waited or between two connections
        }
    }

    private TcpClient Keep(TcpClient end)
    {
        ends.Add(end);
        return end;
    }

    private async Task Serve(TcpClient client)
    {
        using var server = Keep(new TcpClient());
        try
        {
            var near = client.GetStream();
            var (head, bytes) = await ReadHead(near);
            var lines = head.Split("\r\n");
            if (password is not null && !lines.Contains("Proxy-Authorization: " + password, StringComparer.OrdinalIgnoreCase))
            {
                await near.WriteAsync("HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                return;
            }

            Requests.Enqueue(lines[0]);
            var target = lines[0].Split(' ')[1];
            var tunnels = lines[0].StartsWith("CONNECT ", StringComparison.Ordinal);
            var to = new Uri(tunnels ? "http://" + target : target);
            await server.ConnectAsync(to.Host, to.Port);
            var far = server.GetStream();
            // A server takes absolute URLs too, so only the first line of a connection needs to be understood.
            if (tunnels) await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            else await far.WriteAsync(bytes);
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // one side has gone
        }
        finally
        {
            client.Dispose();
        }
    }

    /// <summary>Reads up to the end of the head, and whatever came with it.</summary>
    private static async Task<(string Head, byte[] Bytes)> ReadHead(NetworkStream near)
    {
        using var read = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await near.ReadAsync(buffer);
            if (count == 0) throw new IOException("The client left.");
            read.Write(buffer, 0, count);
            var text = Encoding.Latin1.GetString(read.ToArray());
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end) return (text[..end], read.ToArray());
        }
    }
}
