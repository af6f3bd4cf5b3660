using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>The doors through which customers come.</summary>
internal static class CustomersSetup
{
    public static void AddCustomers(this WebApplicationBuilder builder)
    {
        builder.AddSettings<CustomersOptions>("Customers");
        builder.Services.AddSingleton<CustomerLimits>();
        builder.Services.AddSingleton<GmsChat>();
        builder.Services.AddHearer<CustomerPresence>();
    }

    public static void MapCustomers(this WebApplication app) =>
        GmsChat.Map(app, app.Services.GetRequiredService<GmsChat>(), app.Services.GetRequiredService<CustomersOptions>());
}
