using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>The doors through which customers come.</summary>
internal static class CustomersSetup
{
    private const string Origins = "customers";

    public static void AddCustomers(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<CustomersOptions>("Customers");
        if (CustomerOrigins.Error(options) is null)
            builder.Services.AddCors(cors => cors.AddPolicy(Origins, CustomerOrigins.Policy(options)));
        builder.Services.AddSingleton<CustomerLimits>();
        builder.Services.AddSingleton<Recognition>();
        builder.Services.AddSingleton<Reception>();
        builder.Services.AddSingleton<GmsOperations>();
        builder.Services.AddSingleton<GmsChat>();
        builder.Services.AddSingleton<GmsFiles>();
        builder.Services.AddSingleton<GwsChat>();
        builder.Services.AddHearer<GwsCursors>();
        builder.Services.AddHearer<CustomerPresence>();
        builder.Services.AddHearer<IdleControl>();
        builder.Services.AddHearer<QueueAnnouncements>();
        builder.Services.AddSingleton<GmsAvailability>();
    }

    public static void UseCustomers(this WebApplication app)
    {
        PathString[] doors = [.. app.Services.GetRequiredService<CustomersOptions>().Prefixes.Select(p => new PathString($"/{p}"))];
        app.UseWhen(
            context => doors.Any(door => context.Request.Path.StartsWithSegments(door)) || GwsChat.Owns(context.Request.Path),
            customers => customers.UseCors(Origins));
    }

    public static void MapCustomers(this WebApplication app)
    {
        GmsChat.Map(app, app.Services.GetRequiredService<GmsChat>(), app.Services.GetRequiredService<CustomersOptions>());
        GmsFiles.Map(app, app.Services.GetRequiredService<GmsFiles>(), app.Services.GetRequiredService<CustomersOptions>());
        GmsAvailability.Map(
            app, app.Services.GetRequiredService<GmsAvailability>(), app.Services.GetRequiredService<CustomersOptions>());
        OtherDoors.Map(app, app.Services.GetRequiredService<CustomersOptions>());
        GwsChat.Map(app, app.Services.GetRequiredService<GwsChat>());
    }
}
