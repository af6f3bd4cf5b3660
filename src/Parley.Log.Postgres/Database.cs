using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>
/// The connections to the database: few that read, one that writes, one that listens, some for files and history.
/// </summary>
internal static class Database
{
    /// <summary>What every connection is told: plans must not change with what the planner believes of young tables.</summary>
    private const string Plans =
        "-c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan";

    /// <summary>The history is searched in ways that only its statistics tell apart.</summary>
    private const string PlansOfHistory = "-c jit=off -c plan_cache_mode=force_custom_plan";

    /// <summary>Connections for reading, at most as many as there may be reads.</summary>
    public static NpgsqlDataSource Readers(PostgresLogOptions options) => Source(options, options.Readers);

    /// <summary>Connections for the contents of files.</summary>
    public static NpgsqlDataSource Files(PostgresLogOptions options) => Source(options, options.FileConnections);

    /// <summary>Connections for the history, one of which fills it.</summary>
    public static NpgsqlDataSource History(PostgresLogOptions options) =>
        Source(options, options.HistoryConnections, PlansOfHistory);

    /// <summary>A connection of its own, for one who uses it again and again.</summary>
    public static NpgsqlDataSource Single(PostgresLogOptions options) => Source(options, 1);

    private static NpgsqlDataSource Source(PostgresLogOptions options, int connections, string plans = Plans)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = "parley",
            MaxPoolSize = connections,
            MinPoolSize = 0,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            Timeout = (int)options.StatementTimeout.TotalSeconds,
            CommandTimeout = (int)options.StatementTimeout.TotalSeconds,
            CancellationTimeout = 1_000,
            // a connection that was cut without a word is found out while it is idle, too
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5_000,
            TcpKeepAliveInterval = 2_000,
            HostRecheckSeconds = 1,
            Enlist = false,
            NoResetOnClose = true,
            LogParameters = false,
            IncludeErrorDetail = false,
        };
        var timeout = (long)options.StatementTimeout.TotalMilliseconds;
        settings.Options = string.Join(
            ' ', settings.Options, plans, $"-c statement_timeout={timeout}", $"-c idle_in_transaction_session_timeout={timeout}",
            "-c synchronous_commit=on -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3").Trim();
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // a standby knows less than was told
        return settings.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }
}
