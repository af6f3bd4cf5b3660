using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Files;

/// <summary>A server whose services take files, on data that outlives it.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly StartedServer started;
    private bool isStopped;

    private FileServer(StartedServer started) => this.started = started;

    public Uri Address => started.Address;

    /// <summary>Starts a server.</summary>
    /// <param name="data">Where its data is, of an earlier server or new.</param>
    /// <param name="clock">The clock it shall go by; null for the real one.</param>
    /// <param name="settings">Further settings, <c>Parley:Files:…=…</c>.</param>
    public static Task<FileServer> Start(DataFolder data, TimeProvider? clock = null, params string[] settings) => Start(
        data, builder => builder.Services.AddSingleton(clock ?? TimeProvider.System), settings);

    /// <summary>Starts a server on a log of the test's own; the files are in the folder then.</summary>
    internal static Task<FileServer> Start(DataFolder data, IEventLog log, TimeProvider clock, params string[] settings)
    {
        data.StayOnDisk();
        return Start(data, builder => builder.Services.AddSingleton(clock).AddSingleton(log), settings);
    }

    private static async Task<FileServer> Start(DataFolder data, Action<WebApplicationBuilder> configure, string[] settings) =>
        new(await StartedServer.Start(
            Center, configure, [.. await data.Settings(), .. TestSettings.WithoutRateLimits.Select(s => s[2..]), .. settings]));

    public Task<FileCustomer> Ask(string service = "files") => FileCustomer.Ask(Address, service);

    /// <summary>An agent, <c>ana</c> or <c>cy</c>, or the supervisor <c>sue</c>.</summary>
    internal AgentClient User(string name) => new(Address, name, TestCenter.Password);

    /// <summary>Stops it; stopping it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isStopped) return;
        isStopped = true;
        await started.DisposeAsync();
    }

    private static readonly string Center = $$"""
        {
          "name": "Test",
          "users": [
            { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" },
            { "userName": "cy", "passwordHash": "{{TestCenter.Hash}}" },
            { "userName": "sue", "passwordHash": "{{TestCenter.Hash}}", "roles": ["agent", "supervisor"] }
          ],
          "queues": [ { "name": "Support", "agents": [ "ana" ] } ],
          "services": [
            {
              "name": "files", "queue": "Support",
              "files": {
                "enabled": true, "maxFiles": 3, "maxFileBytes": 100000, "maxTotalBytes": 250000, "maxDownloads": 2,
                "types": [ "jpeg", "jpg", "png", "gif", "pdf", "txt", "csv", "zip", "docx", "mp4", "webp" ]
              }
            },
            {
              "name": "large", "queue": "Support",
              "files": { "enabled": true, "maxFileBytes": 10000000, "maxTotalBytes": 20000000, "types": [ "png" ] }
            },
            { "name": "attended", "queue": "Support", "files": { "enabled": true, "needAgent": true } },
            { "name": "plain", "queue": "Support" }
          ]
        }
        """;
}
