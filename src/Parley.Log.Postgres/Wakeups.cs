using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>Hears that some node has committed, on a connection of its own, and wakes the tail.</summary>
internal sealed class Wakeups : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // the server's side of a connection may vanish without a word: then a question gets no answer
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource source;
    private readonly CommittedTail tail;
    private readonly CancellationTokenSource closing = new();
    private readonly Task listening;

    public Wakeups(PostgresLogOptions options, CommittedTail tail)
    {
        source = Database.Single(options);
        this.tail = tail;
        listening = Task.Run(ListenAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await listening;
        await source.DisposeAsync();
        closing.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(closing.Token);
                connection.Notification += (_, _) => tail.Wake();
                await AskAsync(connection, "listen parley_log");
                while (true)
                {
                    tail.Wake(); // what came before, or meanwhile
                    if (!await connection.WaitAsync(AskEvery, closing.Token)) await AskAsync(connection, "select 1");
                }
            }
#pragma warning disable CA1031 // whatever it is: without being woken the tail looks by itself
            catch (Exception)
#pragma warning restore CA1031
            {
                if (!closing.IsCancellationRequested) await Task.Delay(Pause);
                source.Clear();
            }
        }
    }

    private async Task AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(closing.Token);
    }
}
