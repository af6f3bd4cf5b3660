using Parley.Server.Accounts;
using Parley.Server.Customers;
using Parley.Server.Documents;
using Parley.Server.Files;
using Parley.Server.History;
using Parley.Server.Hosting;
using Parley.Server.Nodes;
using Parley.Server.Notifications;
using Parley.Server.Operation;
using Parley.Server.Operation.Logs;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server;

/// <summary>The program put together: one Add… and one Use… or Map… per folder.</summary>
internal static class ParleyHost
{
    private const string DefaultAddress = "http://127.0.0.1:8090";

    /// <summary>Builds the server from its command line; nothing listens until it is started.</summary>
    /// <param name="args">The command line, as <see cref="CommandLine"/> describes it.</param>
    /// <param name="configure">Runs before any folder registers itself, so that what it registers wins.</param>
    /// <exception cref="StartRefusedException">Settings or files are wrong; all errors are listed.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var commandLine = CommandLine.Parse(args);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // settings are read once, at start; the files beside the program count, wherever it is started
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(commandLine.Settings);
        var errors = SetupErrors.Of(builder);
        errors.AddRange(commandLine.Errors);
        builder.AddOwnLog();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (!builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultAddress);
        configure?.Invoke(builder);
        builder.Services.AddSteadyTime();

        builder.AddSettings<DataOptions>("Data");
        builder.AddOperation();
        builder.AddProvisioning();
        builder.AddAccounts();
        builder.AddNodes();
        builder.AddHosting();
        builder.AddNotifications();
        builder.AddFiles();
        builder.AddHistory();
        builder.AddCustomers();
        builder.AddRest();
        builder.AddDocuments();
        builder.Services.AddFollowing();
        builder.Services.AddFileSweep();
        builder.Services.AddHistoryProjection();
        builder.RefuseUnknownSections();
        errors.RefuseStart();

        var app = builder.Build();
        app.UseRest();
        app.UseNodeCookie();
        app.UseOperation();
        app.UseAccounts();
        app.UseCustomers();
        app.MapProvisioning();
        app.MapRest();
        app.MapNotifications();
        app.MapCustomers();
        app.MapOperation();
        app.MapDocuments();
        return app;
    }
}
