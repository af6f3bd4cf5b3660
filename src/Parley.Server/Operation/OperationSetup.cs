using Parley.Server.Operation.Health;
using Parley.Server.Operation.Metrics;
using Parley.Server.Operation.Overload;
using Parley.Server.Operation.Tracing;

namespace Parley.Server.Operation;

/// <summary>What those who run the server see of it, and how it bears more than it can do.</summary>
internal static class OperationSetup
{
    public static void AddOperation(this WebApplicationBuilder builder)
    {
        builder.AddSettings<HealthOptions>("Health");
        builder.AddMeasuring();
        builder.AddOverload();
        builder.AddSettings<TelemetryOptions>("Telemetry");
        builder.Services.AddHostedService<OtlpExport>();
        builder.Services.AddHealth<Lifecycle>();
        builder.Services.AddHealth<StoreHealth>();
        builder.Services.AddHealth<TailHealth>();
        builder.Services.AddHealth<CommandsUnderWay>();
    }

    /// <summary>After routing, and before anything that takes time.</summary>
    public static void UseOperation(this WebApplication app)
    {
        app.Use(RequestSpans.Invoke);
        app.Use(app.Services.GetRequiredService<RequestLoad>().Invoke);
    }

    public static void MapOperation(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
    }

    /// <summary>Adds a part that may be unable to work.</summary>
    public static void AddHealth<T>(this IServiceCollection services)
        where T : class, IHealth
    {
        services.AddSingleton<T>();
        services.AddSingleton<IHealth>(s => s.GetRequiredService<T>());
    }
}
