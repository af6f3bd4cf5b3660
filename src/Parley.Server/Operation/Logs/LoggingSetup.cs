namespace Parley.Server.Operation.Logs;

/// <summary>The server's own log: on the console, which whoever runs the server redirects.</summary>
internal static class LoggingSetup
{
    public static void AddOwnLog(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<LoggingOptions>("Logging");
        builder.Logging.ClearProviders().AddConsole();
        if (options.Format != LogFormat.Json) return;
        builder.Logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
    }
}
