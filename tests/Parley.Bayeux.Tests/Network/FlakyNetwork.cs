using System.Net;
using System.Net.Sockets;

namespace Parley.Bayeux.Tests.Network;

/// <summary>The network between clients and a server: a TCP proxy that fails when it is told to, and only then.</summary>
/// <remarks>All members may be called from any thread; what they ask for is in force when they return.</remarks>
public sealed class FlakyNetwork : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private IPEndPoint server;
    private readonly HashSet<Wire> wires = [];
    private readonly Task accepting;
    private readonly Budget?[] budgets = new Budget?[2];
    private TaskCompletionSource passage = Open();
    private bool refuses;

    private FlakyNetwork(Uri server)
    {
        this.server = new IPEndPoint(IPAddress.Loopback, server.Port);
        listener.Start();
        Address = new UriBuilder(server) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        accepting = Accept();
    }

    /// <summary>The server's URL by way of this network.</summary>
    public Uri Address { get; }

    /// <summary>
    /// What becomes of requests to upgrade to WebSocket; only connections whose first request it is are recognised.
    /// </summary>
    public Upgrades Upgrades { get; set; } = Upgrades.Pass;

    /// <summary>How many connections there are now.</summary>
    public int Connections => Count(_ => true);

    /// <summary>How many of them are WebSockets.</summary>
    public int WebSockets => Count(wire => wire.IsWebSocket);

    /// <summary>Completes while bytes may pass.</summary>
    internal Task Passage
    {
        get
        {
            lock (gate) return passage.Task;
        }
    }

    /// <summary>A healthy network to a server on loopback.</summary>
    public static FlakyNetwork To(Uri server) => new(server);

    /// <summary>Carries new connections to another server; those there are still end where they did.</summary>
    public void LeadTo(Uri other)
    {
        lock (gate) server = new IPEndPoint(IPAddress.Loopback, other.Port);
    }

    /// <summary>Resets all connections; what is on its way in them is lost. New ones are carried.</summary>
    public void Cut()
    {
        Wire[] all;
        lock (gate) all = [.. wires];
        foreach (var wire in all) wire.Dispose();
    }

    /// <summary>Resets new connections as soon as they come, until healed; those there are live on.</summary>
    public void Refuse()
    {
        lock (gate) refuses = true;
    }

    /// <summary>Passes nothing on, until healed: connections open and stay open; what is sent in them waits on the way.</summary>
    public void BlackHole()
    {
        lock (gate)
        {
            if (passage.Task.IsCompleted) passage = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Carries everything again; what waited arrives.</summary>
    public void Heal()
    {
        lock (gate)
        {
            refuses = false;
            passage.TrySetResult();
        }
    }

    /// <summary>
    /// Lets exactly that many more bytes pass in one direction, counted over all connections, then cuts them all; a later
    /// call for the same direction replaces an earlier one. The task completes with the cut.
    /// </summary>
    public Task CutAfter(Direction direction, long bytes)
    {
        var budget = new Budget(bytes);
        lock (gate) budgets[(int)direction] = budget;
        if (bytes <= 0) Spend(budget);
        return budget.Spent.Task;
    }

    public async ValueTask DisposeAsync()
    {
        Refuse();
        listener.Stop();
        Cut();
        Heal();
        await accepting;
    }

    /// <summary>How many of these bytes may still pass; after the last of a budget it is to be spent.</summary>
    internal int Admit(Direction direction, int count, out Budget? exhausted)
    {
        lock (gate)
        {
            exhausted = null;
            if (budgets[(int)direction] is not { } budget) return count;
            var admitted = (int)Math.Min(count, budget.Left);
            budget.Left -= admitted;
            if (budget.Left == 0) exhausted = budget;
            return admitted;
        }
    }

    /// <summary>Cuts all connections because this many bytes have passed.</summary>
    internal void Spend(Budget budget)
    {
        lock (gate)
        {
            for (var i = 0; i < budgets.Length; i++)
            {
                if (budgets[i] == budget) budgets[i] = null;
            }
        }
        Cut();
        budget.Spent.TrySetResult();
    }

    internal void Remove(Wire wire)
    {
        lock (gate) wires.Remove(wire);
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                if (TryAdd(client, out var end) is { } wire) _ = wire.Carry(end);
                else client.Close(0);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the listener was stopped, while it waited or between two connections
        }
    }

    private Wire? TryAdd(Socket client, out IPEndPoint end)
    {
        lock (gate)
        {
            end = server;
            if (refuses) return null;
            var wire = new Wire(client, this);
            wires.Add(wire);
            return wire;
        }
    }

    private int Count(Func<Wire, bool> which)
    {
        lock (gate) return wires.Count(which);
    }

    /// <summary>The bytes that may pass before a cut.</summary>
    internal sealed class Budget(long bytes)
    {
        public long Left { get; set; } = Math.Max(0, bytes);

        public TaskCompletionSource Spent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Which way bytes go.</summary>
public enum Direction
{
    ToServer,
    ToClient,
}

/// <summary>How a network treats requests to upgrade to WebSocket.</summary>
public enum Upgrades
{
    Pass,

    /// <summary>Answered 403 by the network, as a firewall does.</summary>
    Forbid,

    /// <summary>Answered 502 by the network, as a proxy does that knows no WebSocket.</summary>
    BadGateway,

    /// <summary>Passed, and cut as soon as the server's answer has passed.</summary>
    Break,
}
