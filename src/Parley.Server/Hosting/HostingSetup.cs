using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;
using Parley.Log;
using Parley.Log.Postgres;
using Parley.Log.Sqlite;
using Parley.Server.Nodes;

namespace Parley.Server.Hosting;

/// <summary>The running domain: the log, the states folded from it, and what follows its tail.</summary>
internal static class HostingSetup
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var routing = builder.AddSettings<RoutingOptions>("Routing");
        builder.DemandSightingsWithin("Parley:Routing:DisappearanceGraceMs", routing.DisappearanceGrace);
        builder.DemandSightingsWithin("Parley:Routing:SilenceWithoutNotificationsMs", routing.SilenceWithoutNotifications);
        var services = builder.Services;
        services.TryAddSingleton<IEventLog>(s => Open(s.GetRequiredService<DataOptions>()));
        services.AddSingleton<CommandLog>();
        services.AddSingleton<Capacity>();
        services.AddSingleton<Lines>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<Duties>();
        services.AddSingleton(s => new Folds<Chat, ChatEvent>(s.GetRequiredService<IEventLog>(), StreamKind.Chat));
        services.AddSingleton(s => new Folds<Agent, AgentEvent>(s.GetRequiredService<IEventLog>(), StreamKind.Agent));
        services.AddSingleton(s => new Folds<Contact, ContactEvent>(s.GetRequiredService<IEventLog>(), StreamKind.Contact));
        services.AddSingleton(
            s => new Folds<ContactKey, ContactKeyEvent>(s.GetRequiredService<IEventLog>(), StreamKind.ContactKey));
        services.AddSingleton<ContactBook>();
        services.AddSingleton<ChatHost>();
        services.AddSingleton<AgentHost>();
        services.AddHearer<WaitingLines>();
        services.AddHearer<Upkeep>();
        services.AddHearer<AgentPresence>();
        services.AddHearer<Entitlement>();
        services.AddHearer<Router>();
    }

    /// <summary>The log of the database, or else of the data directory; what is wrong with it refuses the start.</summary>
    private static IEventLog Open(DataOptions options)
    {
        try
        {
            return Task.Run(() => OpenAsync(options)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is LogRefusedException or LogUnavailableException)
        {
            throw new StartRefusedException([e.Message]);
        }
    }

    private static async Task<IEventLog> OpenAsync(DataOptions options)
    {
        var limits = new EventLogOptions { QueueAppends = options.MaxWaitingAppends };
        return options.Postgres.Length > 0
            ? await PostgresEventLog.OpenAsync(new PostgresLogOptions
            {
                ConnectionString = options.Postgres,
                Log = limits,
                Readers = options.PostgresReaders,
                FileConnections = options.PostgresFileConnections,
                HistoryConnections = options.PostgresHistoryConnections,
                StatementTimeout = TimeSpan.FromMilliseconds(options.PostgresStatementTimeoutMs),
                RetryFor = TimeSpan.FromMilliseconds(options.PostgresRetryMs),
                PollEvery = TimeSpan.FromMilliseconds(options.PostgresPollMs),
            })
            : await SqliteEventLog.OpenAsync(new SqliteLogOptions
            {
                DataDirectory = options.Directory, MaxDatabaseBytes = options.MaxDatabaseBytes, Log = limits,
            });
    }

    /// <summary>Adds somebody who hears commits, in the order in which they are told.</summary>
    public static void AddHearer<T>(this IServiceCollection services)
        where T : class, IHearsCommits
    {
        services.AddSingleton<T>();
        services.AddSingleton<IHearsCommits>(s => s.GetRequiredService<T>());
    }

    /// <summary>
    /// Starts following the log, then those who act by themselves; added last, so that everyone is there to hear.
    /// </summary>
    public static void AddFollowing(this IServiceCollection services)
    {
        services.AddHostedService(s => s.GetRequiredService<Claim>());
        services.AddHostedService<LogFollower>();
        services.AddHostedService(s => s.GetRequiredService<Sightings>());
        services.AddHostedService(s => s.GetRequiredService<Upkeep>());
        services.AddHostedService(s => s.GetRequiredService<Router>());
    }
}
