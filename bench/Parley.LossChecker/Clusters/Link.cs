using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Parley.LossChecker.Clusters;

/// <summary>What becomes of the bytes that go one way over a link.</summary>
internal enum Flow
{
    Open,

    /// <summary>They wait, as on a line that drops packets for a while.</summary>
    Held,

    /// <summary>They are gone, and so is their connection when the link is put right.</summary>
    Lost,
}

/// <summary>
/// A TCP proxy on loopback whose connections can be cut, held up or made to lose what they carry, in either direction.
/// </summary>
internal sealed class Link : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<LinkedConnection, bool> connections = new();
    private readonly CancellationTokenSource closing = new();
    private readonly int target;

    /// <param name="target">The port on loopback that the link leads to.</param>
    public Link(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>The port on loopback at which the link begins.</summary>
    public int Port { get; }

    /// <summary>The way to the target.</summary>
    public LinkDirection Up { get; } = new();

    /// <summary>The way back.</summary>
    public LinkDirection Down { get; } = new();

    /// <summary>Whether whoever connects is cut off at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether a connection swallowed something.</summary>
    public bool HasLost => connections.Keys.Any(connection => connection.HasLost);

    /// <summary>Cuts all connections, both ways, by reset.</summary>
    public void Cut()
    {
        foreach (var connection in connections.Keys) connection.Reset();
    }

    /// <summary>Everything passes again; connections that lost something are cut.</summary>
    public void Repair()
    {
        Refuses = false;
        Up.Open();
        Down.Open();
        foreach (var connection in connections.Keys)
            if (connection.HasLost) connection.Reset();
    }

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            Socket near;
            try
            {
                near = await listener.AcceptSocketAsync(closing.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var connection = new LinkedConnection(near, Up, Down);
        connections[connection] = true;
        try
        {
            if (!Refuses && !closing.IsCancellationRequested) await connection.CarryAsync(target);
            else connection.Reset();
        }
        finally
        {
            connections.TryRemove(connection, out _);
        }
    }
}

/// <summary>One direction of a link, as it is now.</summary>
internal sealed class LinkDirection
{
    private volatile TaskCompletionSource passing = Opened();
    private volatile Flow flow = Flow.Open;

    public Flow Flow => flow;

    /// <summary>How long everything takes longer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Done as soon as bytes may pass.</summary>
    public Task Passing => passing.Task;

    public void Become(Flow now)
    {
        if (now == Flow.Held) passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flow = now;
    }

    public void Open()
    {
        flow = Flow.Open;
        Delay = TimeSpan.Zero;
        passing.TrySetResult();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
