using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Bayeux.Tests.Cuts;

/// <summary>Requests of which only a part arrives, as when a phone leaves its network.</summary>
public sealed class BrokenRequestTests
{
    private const string Begun =
        "POST /bayeux HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[{\"channel\":";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_whose_body_breaks_off_is_no_failure_of_the_server(bool isReset)
    {
        var host = await TestHost.Start();
        await Parallel.ForAsync(0, 250, async (_, _) =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(Begun));
            if (isReset) socket.Close(0);
            else socket.Shutdown(SocketShutdown.Both);
        });
        await new Polling(host.Http).Open();

        await host.DisposeAsync(); // waits until all that was begun is over
        Assert.True(host.Errors.Count == 0, string.Join("\n", host.Errors.Take(3)));
    }
}
