namespace Parley.Server.Operation.Metrics;

/// <summary>What is measured, and who may read it.</summary>
internal static class MetricsSetup
{
    public static void AddMeasuring(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MetricsOptions>("Metrics");
        builder.Services
            .AddSingleton<Measures>()
            .AddSingleton<Collector>()
            .AddSingleton<MetricsEndpoint>()
            .AddHostedService(s => s.GetRequiredService<Collector>())
            .AddHostedService<Gauges>();
    }

    public static void MapMetrics(this WebApplication app) =>
        MetricsEndpoint.Map(app, app.Services.GetRequiredService<MetricsEndpoint>());
}
