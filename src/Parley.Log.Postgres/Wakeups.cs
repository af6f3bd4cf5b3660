using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>
/// Hears, on a connection of its own, that some node has committed, and wakes the tail; and what nodes call out to each other.
/// </summary>
internal sealed class Wakeups : IAsyncDisposable
{
    private const string Commits = "parley_log";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // the server's side of a connection may vanish without a word: then a question gets no answer
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource source;
    private readonly CommittedTail tail;
    private readonly PostgresNodeBoard board;
    private readonly CancellationTokenSource closing = new();
    private readonly Task listening;

    public Wakeups(PostgresLogOptions options, CommittedTail tail, PostgresNodeBoard board)
    {
        source = Database.Single(options);
        (this.tail, this.board) = (tail, board);
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
                connection.Notification += (_, heard) => Hear(heard);
                await AskAsync(connection, $"listen {Commits}");
                await AskAsync(connection, $"do $$ begin execute 'listen ' || {PostgresNodeBoard.CallChannel}; end $$");
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

    private void Hear(NpgsqlNotificationEventArgs heard)
    {
        if (heard.Channel == Commits) tail.Wake();
        else board.Hear(heard.Payload);
    }

    private async Task AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(closing.Token);
    }
}
