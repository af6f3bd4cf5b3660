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
    /// </summary>
    public static IServiceCollection AddBayeux(this IServiceCollection services, Action<BayeuxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBayeuxPolicy, DenyEverything>();
        services.TryAddSingleton(sp =>
        {
            var options = new BayeuxOptions();
            configure?.Invoke(options);
            return new BayeuxServer(
                options, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<BayeuxServer>>());
        });
        return services;
    }

    /// <summary>
    /// Serves Bayeux at <paramref name="path"/> and everything below it, for clients append <c>/handshake</c>, <c>/connect</c>
    /// or <c>/disconnect</c>: POST is long-polling, GET callback-polling, a WebSocket upgrade is WebSocket. No middleware
    /// is needed.
    /// </summary>
    public static IEndpointConventionBuilder MapBayeux(this IEndpointRouteBuilder routes, string path)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentException.ThrowIfNullOrEmpty(path);

        var services = routes.ServiceProvider;
        var front = new TransportChoice(
            services.GetRequiredService<BayeuxServer>(),
            services.GetRequiredService<IBayeuxPolicy>(),
            services.GetRequiredService<ILogger<BayeuxServer>>());
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        stopping.Register(services.GetRequiredService<BayeuxServer>().Stop);

        var pipeline = routes.CreateApplicationBuilder().UseWebSockets();
        pipeline.Run(front.Serve);
        return routes.Map(path.TrimEnd('/') + "/{**suffix}", pipeline.Build()).WithDisplayName("Bayeux " + path);
    }
}
