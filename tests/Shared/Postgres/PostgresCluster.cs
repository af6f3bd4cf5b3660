using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Parley.Tests.Shared;

/// <summary>
/// A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone with the process that started it.
/// </summary>
/// <remarks>Its disk is flushed as in earnest. Where there is no PostgreSQL, starting it fails, and so do the tests.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> Common = new(StartAsync);

    private readonly string folder;
    private readonly int port;
    private readonly List<Process> shells = [];
    private Process? server;
    private int schemas;

    private PostgresCluster(string folder, int port) => (this.folder, this.port) = (folder, port);

    /// <summary>The one that all tests of this process share; each has databases of its own.</summary>
    public static Task<PostgresCluster> SharedAsync() => Common.Value;

    public static async Task<PostgresCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("parley-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
        await RunAsServerAsync(
            $"{Binaries()}/initdb -D {folder}/data -A trust -U postgres -E UTF8 --locale=C > {folder}/initdb.log 2>&1");
        var cluster = new PostgresCluster(folder, FreePort());
        await cluster.StartServerAsync();
        return cluster;
    }

    /// <summary>A new, empty database: a schema of its own, which costs much less.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"parley_{Interlocked.Increment(ref schemas)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var create = source.CreateCommand($"create schema {name}");
        await create.ExecuteNonQueryAsync();
        return $"{ConnectionString("postgres")};Search Path={name}";
    }

    /// <summary>Kills the server as a crash does; nothing is flushed that was not.</summary>
    public async Task KillAsync()
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        await RunAsync("kill", "-9", $"{postmaster}");
        await server!.WaitForExitAsync();
    }

    /// <summary>Starts the server again; it recovers by itself.</summary>
    public async Task StartServerAsync()
    {
        server = StartOnce();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false;Timeout=1");
                await using var connection = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(100);
                // the children of one that was killed keep the place for a moment
                if (server.HasExited) server = StartOnce();
            }
        }
    }

    // The shell ends the server when its input ends, and that ends with this process however it dies. So none may be collected
    // as garbage as long as another one works in the folder.
    private Process StartOnce()
    {
        var shell = Start(
            $"exec 3<&0 >> {folder}/server.log 2>&1 < /dev/null; "
            + $"{Binaries()}/postgres -D {folder}/data -p {port} -c listen_addresses=127.0.0.1 "
            + $"-c unix_socket_directories={folder} -c max_connections=300 3<&- & server=$!; "
            + $"(read -r _ <&3; kill -QUIT $server; while kill -0 $server; do sleep 0.1; done; rm -rf {folder}) & wait $server");
        shells.Add(shell);
        return shell;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shell in shells) shell.StandardInput.Close();
        await server!.WaitForExitAsync();
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Include Error Detail=true";

    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Order(StringComparer.Ordinal).Last()
            : throw new InvalidOperationException("PostgreSQL is not installed (apt-get install postgresql).");

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task RunAsServerAsync(string script)
    {
        using var process = Start(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{script} failed with {process.ExitCode}.");
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private static Process Start(string script)
    {
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "sh", "-c", script] : ["sh", "-c", script];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
    }
}
