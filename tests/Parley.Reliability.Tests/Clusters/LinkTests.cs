using System.Net;
using System.Net.Sockets;
using Parley.LossChecker.Clusters;

namespace Parley.Reliability.Tests.Clusters;

/// <summary>A link does to its connections what it is told to, and nothing else.</summary>
public sealed class LinkTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener target = new(IPAddress.Loopback, 0);
    private readonly Link link;

    public LinkTests()
    {
        target.Start();
        link = new Link(((IPEndPoint)target.LocalEndpoint).Port);
    }

    public void Dispose()
    {
        link.Dispose();
        target.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_both_ways_and_so_does_the_end()
    {
        var (near, far) = await ConnectAsync();
        await Send(near, 1);
        Assert.Equal(1, await Next(far));
        await Send(far, 2);
        Assert.Equal(2, await Next(near));
        near.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(-1, await Next(far));
    }

    [Fact]
    public async Task A_cut_connection_is_reset_on_both_sides()
    {
        var (near, far) = await ConnectAsync();
        link.Cut();
        Assert.Equal(SocketError.ConnectionReset, await FailureOf(near));
        Assert.Equal(SocketError.ConnectionReset, await FailureOf(far));
    }

    [Fact]
    public async Task Who_connects_to_a_link_that_refuses_is_reset()
    {
        link.Refuses = true;
        using var near = new TcpClient();
        // the reset may come as early as that
        var failure = await Record.ExceptionAsync(async () => await near.ConnectAsync(IPAddress.Loopback, link.Port));
        if (failure is SocketException early) Assert.Equal(SocketError.ConnectionReset, early.SocketErrorCode);
        else Assert.Equal(SocketError.ConnectionReset, await FailureOf(near));
    }

    [Fact]
    public async Task Bytes_that_are_held_arrive_when_the_link_is_repaired_and_the_other_way_stays_open()
    {
        var (near, far) = await ConnectAsync();
        link.Up.Become(Flow.Held);
        await Send(near, 1);
        await Send(far, 2);
        Assert.Equal(2, await Next(near));
        var arriving = Next(far);
        Assert.False(arriving.IsCompleted);
        link.Repair();
        Assert.Equal(1, await arriving);
    }

    [Fact]
    public async Task A_connection_that_lost_bytes_is_reset_when_the_link_is_repaired_and_others_go_on()
    {
        var (silent, _) = await ConnectAsync();
        var (near, far) = await ConnectAsync();
        link.Down.Become(Flow.Lost);
        await Send(far, 1);
        await Send(near, 2);
        Assert.Equal(2, await Next(far));
        // the way back is read in order: what is lost has been lost when the link has seen it
        while (!link.HasLost) await Task.Yield();
        link.Repair();
        Assert.Equal(SocketError.ConnectionReset, await FailureOf(near));
        await Send(silent, 3);
    }

    private async Task<(TcpClient Near, TcpClient Far)> ConnectAsync()
    {
        var near = new TcpClient();
        await near.ConnectAsync(IPAddress.Loopback, link.Port);
        return (near, await target.AcceptTcpClientAsync().WaitAsync(Patience));
    }

    private static async Task Send(TcpClient client, byte value) => await client.GetStream().WriteAsync(new[] { value });

    private static async Task<int> Next(TcpClient client)
    {
        var one = new byte[1];
        return await client.GetStream().ReadAsync(one).AsTask().WaitAsync(Patience) == 0 ? -1 : one[0];
    }

    private static async Task<SocketError> FailureOf(TcpClient client) =>
        (await Assert.ThrowsAsync<IOException>(() => Next(client))).InnerException is SocketException failure
            ? failure.SocketErrorCode
            : SocketError.Success;
}
