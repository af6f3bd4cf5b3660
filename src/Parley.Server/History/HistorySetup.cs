using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.Log;
using Parley.Log.History;
using Parley.Log.Postgres;
using Parley.Log.Sqlite;
using Parley.Log.Sqlite.History;
using Parley.Server.Operation;

namespace Parley.Server.History;

/// <summary>The history of chats: where it is kept, who fills it and who answers from it.</summary>
internal static class HistorySetup
{
    public static void AddHistory(this WebApplicationBuilder builder)
    {
        builder.AddSettings<HistoryOptions>("History");
        var services = builder.Services;
        services.TryAddSingleton(s => IndexOf(s.GetRequiredService<IEventLog>(), s.GetRequiredService<DataOptions>()));
        services.AddSingleton<HistoryFolds>();
        services.AddSingleton<HistoryProgress>();
        services.AddSingleton<HistoryLag>();
        services.AddSingleton<HistoryProjector>();
        services.AddSingleton<PastChats>();
        services.AddSingleton<HistoryQuestions>();
        services.AddHealth<HistoryHealth>();
    }

    /// <summary>Starts to keep the history up with the log; after everything that answers without it.</summary>
    public static void AddHistoryProjection(this IServiceCollection services)
    {
        services.AddHostedService(s => s.GetRequiredService<HistoryQuestions>());
        services.AddHostedService(s => s.GetRequiredService<HistoryProjector>());
    }

    private static IHistoryIndex IndexOf(IEventLog log, DataOptions options) => log switch
    {
        PostgresEventLog shared => shared.History,
        SqliteEventLog => new SqliteHistoryIndex(new SqliteLogOptions
        {
            DataDirectory = options.Directory, MaxDatabaseBytes = options.MaxDatabaseBytes,
        }),
        _ => new InMemoryHistoryIndex(),
    };
}
