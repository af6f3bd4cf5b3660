using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Files;

/// <summary>A server that takes files, one at a time and not for long, on a clock of the tests'; shared by a class.</summary>
public sealed class SharedFiles : IAsyncLifetime
{
    public DataFolder Data { get; } = new();

    public ManualTime Clock { get; } = new();

    public FileServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await FileServer.Start(
        Data, Clock, "Parley:Files:UploadTimeoutMs=5000", "Parley:Files:MaxDiscardedBytes=2000000",
        "Parley:Files:MaxConcurrentUploads=1");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Data.Dispose();
    }
}

/// <summary>A customer of such a server, and what was stored when the test began.</summary>
public abstract class SharedFilesTest(SharedFiles shared) : IAsyncLifetime
{
    private int stored;

    protected FileCustomer Ada { get; private set; } = null!;

    protected FileServer Server => shared.Server;

    protected DataFolder Data => shared.Data;

    protected ManualTime Clock => shared.Clock;

    public async ValueTask InitializeAsync()
    {
        Ada = await Server.Ask();
        stored = Data.Stored.Count;
    }

    public ValueTask DisposeAsync()
    {
        Ada.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until something is being taken in.</summary>
    protected Task SomethingComes() => Eventually.True(() => Task.FromResult(Data.Stored.Count > stored));

    /// <summary>Waits until nothing is stored that was not there before.</summary>
    protected Task NothingIsStored() => Eventually.NoComplaint(() =>
        Task.FromResult(Data.Stored.Count == stored ? null : string.Join('\n', Data.Stored)));
}
