using System.Net;
using System.Net.Sockets;

namespace Parley.Bayeux.Tests.Network;

/// <summary>The network fails exactly as it is told to.</summary>
public sealed class FlakyNetworkTests
{
    [Fact]
    public async Task It_cuts_after_exactly_as_many_bytes_as_were_said_in_either_direction()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            await using var ends = await Ends.Open();
            var (from, to, direction) = random.Next(2) == 0
                ? (ends.Client, ends.Server, Direction.ToServer)
                : (ends.Server, ends.Client, Direction.ToClient);
            var bytes = random.Next(1, 100_000);
            var cut = ends.Network.CutAfter(direction, bytes);

            var sending = Send(from, new byte[120_000]);
            Assert.Equal(bytes, await CountToEnd(to));
            await cut.WaitAsync(TestHost.Patience);
            await sending;
            await Eventually.True(() => ends.Network.Connections == 0);
        }
    }

    [Fact]
    public async Task A_black_hole_passes_nothing_until_it_is_healed()
    {
        await using var ends = await Ends.Open();
        ends.Network.BlackHole();
        await ends.Client.SendAsync(new byte[] { 1, 2, 3 });
        var arriving = ends.Server.ReceiveAsync(new byte[10]);
        using var another = await Ends.Connect(ends.Network); // it opens, and leads nowhere
        await Eventually.True(() => ends.Network.Connections == 2);
        Assert.False(arriving.IsCompleted);

        ends.Network.Heal();
        Assert.Equal(3, await arriving.WaitAsync(TestHost.Patience));
    }

    [Fact]
    public async Task A_refusing_network_keeps_what_there_is_and_resets_what_comes()
    {
        await using var ends = await Ends.Open();
        ends.Network.Refuse();
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var refused = await Ends.Connect(ends.Network); // reset now or with the first read
            await refused.ReceiveAsync(new byte[10]);
        });
        await ends.Client.SendAsync(new byte[] { 1 });
        Assert.Equal(1, await ends.Server.ReceiveAsync(new byte[10]));

        ends.Network.Cut();
        Assert.Equal(0, await CountToEnd(ends.Server));
        Assert.Equal(0, await CountToEnd(ends.Client));
    }

    private static async Task Send(Socket from, byte[] bytes)
    {
        try
        {
            await from.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // cut before all was sent
        }
    }

    private static async Task<int> CountToEnd(Socket socket)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        var (count, buffer) = (0, new byte[4096]);
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var more) count += more;
        }
        catch (SocketException)
        {
            // reset: the end as well
        }
        return count;
    }

    /// <summary>Both ends of one connection, and the network between them.</summary>
    private sealed class Ends : IAsyncDisposable
    {
        private Ends(FlakyNetwork network, Socket client, Socket server) => (Network, Client, Server) = (network, client, server);

        public FlakyNetwork Network { get; }

        public Socket Client { get; }

        public Socket Server { get; }

        public static async Task<Ends> Open()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var network = FlakyNetwork.To(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
            var client = await Connect(network);
            await client.SendAsync(new byte[] { 0 }); // the network connects on with the first bytes
            var server = await listener.AcceptSocketAsync();
            await server.ReceiveAsync(new byte[1]);
            return new Ends(network, client, server);
        }

        public static async Task<Socket> Connect(FlakyNetwork network)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, network.Address.Port);
            return socket;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            Server.Dispose();
            await Network.DisposeAsync();
        }
    }
}
