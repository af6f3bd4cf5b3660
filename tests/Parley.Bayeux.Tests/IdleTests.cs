using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Text.RegularExpressions;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>
/// What a client costs that only waits. The runtime's pool of arrays is the process's: nothing runs beside this.
/// </summary>
[CollectionDefinition(nameof(IdleTests), DisableParallelization = true)]
[Collection(nameof(IdleTests))]
public sealed class IdleTests
{
    private const int Clients = 2500; // of each transport

    [Fact]
    [Area("Own tests on top", "5000 idle sessions without per-session buffers")]
    public async Task Sessions_that_wait_have_no_array_of_the_pool()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxSessionsPerPrincipal = 2 * Clients);
        var wires = new List<RawWire>();
        using var rented = new RentedArrays();
        for (var i = 0; i < Clients; i++) wires.Add(await Poll(host));
        for (var i = 0; i < Clients; i++) wires.Add(await Socket(host));
        await Eventually.True(() => host.Server.SessionsOf("ada").Count(session => session.HoldsConnect) == 2 * Clients);

        Assert.True(rented.Seen >= 2 * Clients, "the pool does not say what is rented");
        await Eventually.True(() => rented.Count < Clients / 10);
        wires.ForEach(wire => wire.Dispose());
    }

    private static async Task<RawWire> Poll(TestHost host)
    {
        var wire = await RawWire.Open(host);
        await wire.Post(Handshake, User);
        var connect = Connect(await wire.ReadBody());
        await wire.Post(connect, User);
        await wire.ReadBody();
        await wire.Post(connect, User);
        return wire;
    }

    private static async Task<RawWire> Socket(TestHost host)
    {
        var wire = await RawWire.Open(host);
        await wire.Upgrade(User);
        await wire.WriteFrame(Handshake);
        var connect = Connect(await wire.ReadFrame());
        await wire.WriteFrame(connect);
        await wire.ReadFrame();
        await wire.WriteFrame(connect);
        return wire;
    }

    private const string User = "X-User: ada\r\n";

    private const string Handshake = """[{"channel":"/meta/handshake"}]""";

    private static string Connect(string reply) =>
        $$"""[{"channel":"/meta/connect","clientId":"{{Regex.Match(reply, "\"clientId\":\"([0-9a-f]+)").Groups[1]}}"}]""";

    /// <summary>The arrays rented since it began and not returned yet, whoever rented them.</summary>
    private sealed class RentedArrays : EventListener
    {
        private readonly ConcurrentDictionary<object, bool> ids = new();
        private int seen;

        public int Seen => Volatile.Read(ref seen);

        public int Count => ids.Count;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource") EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.Payload is not [{ } id, ..]) return;
            if (eventData.EventName == "BufferRented")
            {
                ids[id] = true;
                Interlocked.Increment(ref seen);
            }
            else if (eventData.EventName == "BufferReturned")
            {
                ids.TryRemove(id, out _);
            }
        }
    }
}
