using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Testing;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// The real server with the demo contact centre, in this process, on a free loopback port, with data of its own.
/// Disposing it fails the test if the server logged an error or stopped by itself.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string data;
    private readonly LoggedErrors errors;
    private readonly Func<Task<RunningServer>> again;
    private bool isGone;

    private RunningServer(WebApplication app, string data, LoggedErrors errors, Func<Task<RunningServer>> again)
    {
        this.app = app;
        this.data = data;
        this.errors = errors;
        this.again = again;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="clock">The clock it shall go by; null for the real one.</param>
    /// <param name="settings">Further settings as command-line arguments, <c>--Section:Key=value</c>.</param>
    public static Task<RunningServer> Start(ManualTime? clock = null, params string[] settings) =>
        Start(["--demo", .. settings], clock);

    /// <summary>Starts a server with a contact centre of the test's own.</summary>
    /// <param name="centerFile">The path of the contact centre's file.</param>
    public static Task<RunningServer> StartWith(string centerFile) => Start(["--center", centerFile], clock: null);

    private static async Task<RunningServer> Start(string[] options, ManualTime? clock) =>
        await Start([.. await TestEngine.Settings(), .. options], clock, Directory.CreateTempSubdirectory("parley-test-").FullName);

    private static async Task<RunningServer> Start(string[] options, ManualTime? clock, string data)
    {
        var errors = new LoggedErrors();
        string[] args = ["--urls", "http://127.0.0.1:0", "--data", data, .. TestSettings.WithoutRateLimits, .. options];
        var app = ParleyHost.Build(args, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(errors);
            if (clock is not null) builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await app.StartAsync();
        return new RunningServer(app, data, errors, () => Start(options, clock, data));
    }

    /// <summary>Stops the server and starts it again with the same data, elsewhere; this one is gone then.</summary>
    public async Task<RunningServer> Restart()
    {
        await Stop();
        return await again();
    }

    /// <summary>A demo agent, <c>agent1</c> to <c>agent3</c>, with Basic credentials.</summary>
    public AgentClient Agent(int number) => new(Address, $"agent{number}", $"secret{number}");

    /// <summary>A demo supervisor, <c>supervisor1</c> or <c>supervisor2</c>.</summary>
    public AgentClient Supervisor(int number) => new(Address, $"supervisor{number}", "secret1");

    public Task<CustomerClient> Customer(string nickname) => CustomerClient.Ask(Address, nickname);

    public async ValueTask DisposeAsync()
    {
        if (isGone) return;
        await Stop();
        Directory.Delete(data, recursive: true);
    }

    private async Task Stop()
    {
        isGone = true;
        var isStopping = app.Lifetime.ApplicationStopping.IsCancellationRequested;
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5))) await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        Assert.True(errors.All.Count == 0, $"The server logged errors:\n{string.Join('\n', errors.All)}");
        Assert.False(isStopping, "The server stopped by itself.");
    }
}
