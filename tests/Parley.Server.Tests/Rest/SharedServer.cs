namespace Parley.Server.Tests.Rest;

/// <summary>A server that all tests of a class share, because none of them changes it.</summary>
public abstract class SharedServer : IAsyncLifetime
{
    public StartedServer Started { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Started = await Start();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Started.DisposeAsync();
    }

    protected abstract Task<StartedServer> Start();
}

/// <summary>The demonstration contact centre with its defaults.</summary>
public sealed class SharedDemo : SharedServer
{
    protected override Task<StartedServer> Start() => StartedServer.Demo();
}
