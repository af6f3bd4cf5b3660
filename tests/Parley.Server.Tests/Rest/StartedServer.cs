using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server.Accounts;

namespace Parley.Server.Tests.Rest;

/// <summary>The whole server in this process, on a free port of 127.0.0.1, until disposed.</summary>
public sealed class StartedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;

    private StartedServer(WebApplication app, DirectoryInfo folder)
    {
        (this.app, this.folder) = (app, folder);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public Uri Address => client.BaseAddress!;

    internal IServiceProvider Services => app.Services;

    /// <summary>The demonstration contact centre, with further settings as <c>Parley:…=…</c>.</summary>
    public static Task<StartedServer> Demo(params string[] settings) => Start(null, null, settings);

    /// <summary>A contact centre of the test's own.</summary>
    public static async Task<StartedServer> Start(
        string? center, Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("parley-test-");
        var file = Path.Combine(folder.FullName, "contact-center.json");
        if (center is not null) await File.WriteAllTextAsync(file, center);
        string[] which = center is null ? ["--demo"] : ["--center", file];
        var app = ParleyHost.Build(
            [.. which, "--urls", "http://127.0.0.1:0", "--data", folder.FullName, .. settings.Select(s => $"--{s}")],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        await app.StartAsync();
        return new StartedServer(app, folder);
    }

    public Request Get(string path) => new(client, HttpMethod.Get, path);

    public Request Post(string path, string body) => new Request(client, HttpMethod.Post, path).Body(body);

    public Request Request(string method, string path) => new(client, HttpMethod.Parse(method), path);

    internal T The<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
