using System.Net;
using System.Net.Sockets;

namespace Parley.LossChecker.Clusters;

/// <summary>One connection over a link.</summary>
internal sealed class LinkedConnection(Socket near, LinkDirection up, LinkDirection down) : IDisposable
{
    private readonly Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource reset = new();
    private volatile bool hasLost;

    /// <summary>Whether it swallowed something and is of no use any more.</summary>
    public bool HasLost => hasLost;

    /// <summary>Carries bytes both ways until both sides have closed, or the connection is reset.</summary>
    public async Task CarryAsync(int target)
    {
        near.NoDelay = far.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, reset.Token);
            await Task.WhenAll(PumpAsync(near, far, up), PumpAsync(far, near, down));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset();
        }
    }

    /// <summary>Ends it on both sides by reset.</summary>
    public void Reset()
    {
        Abort(near);
        Abort(far);
        try
        {
            reset.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // it has ended meanwhile
        }
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
        reset.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, LinkDirection direction)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, reset.Token);
                await direction.Passing.WaitAsync(reset.Token);
                if (direction.Flow == Flow.Lost)
                {
                    hasLost = true;
                    if (count == 0) return;
                    continue;
                }
                if (direction.Delay > TimeSpan.Zero) await Task.Delay(direction.Delay, reset.Token);
                if (count == 0)
                {
                    if (!hasLost) to.Shutdown(SocketShutdown.Send);
                    return;
                }
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), reset.Token);
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // one side was reset: so is the other
            Reset();
        }
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // closed already
        }
        socket.Dispose();
    }
}
