using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Bayeux.Transports;

namespace Parley.Bayeux;

/// <summary>Puts a Bayeux server into an ASP.NET Core application.</summary>
public static class BayeuxEndpoint
{
    /// <summary>
    /// Registers <see cref="BayeuxServer"/>. The host registers its <see cref="IBayeuxPolicy"/>, and its
    /// <see cref="TimeProvider"/> if it has one of its own. Wrong options stop the application when the endpoint is mapped.
    /// Throws <see cref="InvalidOperationException"/> if it is called twice.
    /// </summary>
    public static IServiceCollection AddBayeux(this IServiceCollection services, Action<BayeuxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (IsRegistered(services, name: null))
        {
            throw new InvalidOperationException(
                "A Bayeux server is registered already: configure it there, or give the second one a name.");
        }
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBayeuxPolicy, DenyEverything>();
        services.AddSingleton(sp => Create(sp, configure, sp.GetRequiredService<IBayeuxPolicy>(), name: ""));
        return services;
    }

    /// <summary>
    /// Registers one more <see cref="BayeuxServer"/> under a name, for an endpoint with sessions, options and a policy of its own
    /// (an <see cref="IBayeuxPolicy"/> registered under the same name). Throws <see cref="InvalidOperationException"/> if the
    /// name is taken.
    /// </summary>
    public static IServiceCollection AddBayeux(
        this IServiceCollection services, string name, Action<BayeuxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IsRegistered(services, name))
        {
            throw new InvalidOperationException(
                $"A Bayeux server called '{name}' is registered already: configure it there, or give this one another name.");
        }
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<IBayeuxPolicy, DenyEverything>(name);
        services.AddKeyedSingleton(
            name, (sp, key) => Create(sp, configure, sp.GetRequiredKeyedService<IBayeuxPolicy>(key), name));
        return services;
    }

    /// <summary>
    /// Serves Bayeux at <paramref name="path"/> and everything below it, for clients append <c>/handshake</c>, <c>/connect</c>
    /// or <c>/disconnect</c>: POST is long-polling, GET callback-polling, a WebSocket upgrade is WebSocket. No middleware
    /// is needed. The sessions are those of the server registered under <paramref name="name"/>, or without a name; a server may
    /// have several paths.
    /// </summary>
    public static IEndpointConventionBuilder MapBayeux(this IEndpointRouteBuilder routes, string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentException.ThrowIfNullOrEmpty(path);

        var services = routes.ServiceProvider;
        var server = name is null
            ? services.GetRequiredService<BayeuxServer>()
            : services.GetRequiredKeyedService<BayeuxServer>(name);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(server.Stop);

        var pipeline = routes.CreateApplicationBuilder().UseWebSockets();
        pipeline.Run(new TransportChoice(server).Serve);
        return routes.Map(path.TrimEnd('/') + "/{**suffix}", pipeline.Build()).WithDisplayName("Bayeux " + path);
    }

    private static bool IsRegistered(IServiceCollection services, string? name) =>
        services.Any(known => known.ServiceType == typeof(BayeuxServer) && Equals(known.ServiceKey, name));

    private static BayeuxServer Create(
        IServiceProvider services, Action<BayeuxOptions>? configure, IBayeuxPolicy policy, string name)
    {
        var options = new BayeuxOptions();
        configure?.Invoke(options);
        var (time, log) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<BayeuxServer>>());
        return new BayeuxServer(options, policy, time, log, name);
    }
}
