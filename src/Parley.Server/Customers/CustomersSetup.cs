using Parley.Server.Hosting;
using Parley.Server.Nodes;

namespace Parley.Server.Customers;

/// <summary>The doors through which customers come.</summary>
internal static class CustomersSetup
{
    private const string Origins = "customers";

    public static void AddCustomers(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<CustomersOptions>("Customers");
        builder.DemandSightingsWithin("Parley:Customers:SilenceTimeoutMs", options.SilenceTimeout);
        if (CustomerOrigins.Error(options) is null)
            builder.Services.AddCors(cors => cors.AddPolicy(Origins, CustomerOrigins.Policy(options)));
        builder.Services.AddSingleton<CustomerLimits>();
        builder.Services.AddSingleton<Recognition>();
        builder.Services.AddSingleton<Reception>();
        builder.Services.AddSingleton<GmsOperations>();
        builder.Services.AddSingleton<GmsChat>();
        builder.Services.AddSingleton<GmsFiles>();
        builder.Services.AddSingleton<GwsChat>();
        builder.Services.AddHearer<CustomerPresence>();
        builder.Services.AddHearer<IdleControl>();
        builder.Services.AddHearer<QueueAnnouncements>();
        builder.Services.AddSingleton<GmsAvailability>();
        builder.AddGmsCometd(options);
    }

    public static void UseCustomers(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<CustomersOptions>();
        PathString[] doors = [.. options.Prefixes.Select(prefix => new PathString($"/{prefix}"))];
        app.UseWhen(
            context => doors.Any(door => context.Request.Path.StartsWithSegments(door)) || GwsChat.Owns(context.Request.Path),
            customers => customers.UseCors(Origins));
    }

    public static void MapCustomers(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<CustomersOptions>();
        GmsChat.Map(app, app.Services.GetRequiredService<GmsChat>(), options);
        GmsFiles.Map(app, app.Services.GetRequiredService<GmsFiles>(), options);
        GmsAvailability.Map(app, app.Services.GetRequiredService<GmsAvailability>(), options);
        OtherDoors.Map(app, options);
        app.MapGmsCometd(options);
        GwsChat.Map(app, app.Services.GetRequiredService<GwsChat>());
    }
}
