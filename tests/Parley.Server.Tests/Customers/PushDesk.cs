using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>A demonstration server that pushes at once, shared by the tests of a class; each has customers of its own.</summary>
public sealed class PushDesk : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    internal Uri Address => Server.Address;

    public async ValueTask InitializeAsync() => Server = await RunningServer.Start(null, "--Parley:GmsCometd:BatchMs=0");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
