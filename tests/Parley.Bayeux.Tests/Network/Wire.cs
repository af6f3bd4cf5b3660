using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Bayeux.Tests.Network;

/// <summary>One connection through a <see cref="FlakyNetwork"/>.</summary>
internal sealed class Wire(Socket client, FlakyNetwork network) : IDisposable
{
    private const int MaxHead = 64 * 1024;

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>True once it is known that it was opened for a WebSocket.</summary>
    public bool IsWebSocket { get; private set; }

    /// <summary>Carries bytes both ways until either side or the network ends it.</summary>
    public async Task Carry(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            var head = await ReadHead();
            IsWebSocket = Encoding.Latin1.GetString(head).Contains("upgrade: websocket", StringComparison.OrdinalIgnoreCase);
            if (IsWebSocket && network.Upgrades is Upgrades.Forbid or Upgrades.BadGateway) await RefuseUpgrade();
            else await Carry(head, target);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // one side, or the network, reset it: so does the other
        }
        finally
        {
            Dispose();
            network.Remove(this);
        }
    }

    /// <summary>Resets both sides.</summary>
    public void Dispose()
    {
        client.Close(0);
        server.Close(0);
    }

    private async Task Carry(byte[] head, IPEndPoint target)
    {
        await network.Passage;
        await server.ConnectAsync(target);
        await Pass(head, server, Direction.ToServer);
        await Task.WhenAll(Pump(client, server, Direction.ToServer), Pump(server, client, Direction.ToClient));
        client.Close();
        server.Close();
    }

    private async Task Pump(Socket from, Socket to, Direction direction)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await Pass(buffer.AsMemory(0, count), to, direction);
                if (direction is Direction.ToClient && IsWebSocket && network.Upgrades is Upgrades.Break) to.Close();
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            Dispose(); // the other direction must not go on alone
            throw;
        }
    }

    private async Task Pass(ReadOnlyMemory<byte> bytes, Socket to, Direction direction)
    {
        await network.Passage;
        var admitted = network.Admit(direction, bytes.Length, out var exhausted);
        for (var sent = 0; sent < admitted;) sent += await to.SendAsync(bytes[sent..admitted]);
        if (exhausted is null) return;

        to.Close(); // not reset: what was admitted arrives
        network.Spend(exhausted);
    }

    private async Task<byte[]> ReadHead()
    {
        using var head = new MemoryStream();
        var buffer = new byte[4096];
        while (head.Length < MaxHead && !head.ToArray().AsSpan().EndsWith("\r\n\r\n"u8))
        {
            var count = await client.ReceiveAsync(buffer);
            if (count == 0) break;
            head.Write(buffer, 0, count);
            if (!head.ToArray().AsSpan().StartsWith("GET "u8)) break; // an upgrade is a GET
        }
        return head.ToArray();
    }

    private async Task RefuseUpgrade()
    {
        var status = network.Upgrades is Upgrades.Forbid ? "403 Forbidden" : "502 Bad Gateway";
        await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        client.Close();
    }
}
