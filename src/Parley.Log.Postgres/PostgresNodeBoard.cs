using System.Security.Cryptography;
using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>The board of the nodes on one database; all times are the database's.</summary>
internal sealed class PostgresNodeBoard(NpgsqlDataSource source) : INodeBoard
{
    /// <summary>What is called out in other schemas of the database is no concern of this one's nodes.</summary>
    public const string CallChannel = "'parley_' || md5(current_schema())";

    private readonly Guid me = Guid.NewGuid();

    public event Action<string>? Called;

    public Task CallAsync(string words, CancellationToken cancel = default) =>
        AskAsync($"select pg_notify({CallChannel}, $1)", cancel, words);

    /// <summary>What some node has called out has come here.</summary>
    public void Hear(string words) => Called?.Invoke(words);

    public async Task<bool> ClaimAsync(string work, TimeSpan lease, CancellationToken cancel = default) =>
        await AskAsync(
            """
            insert into claim as c (work, node, expires) values ($1, $2, clock_timestamp() + $3)
            on conflict (work) do update set node = excluded.node, expires = excluded.expires
            where c.node = excluded.node or c.expires < clock_timestamp()
              or c.expires > clock_timestamp() + 2 * $3::interval -- the clock was set back
            returning true
            """,
            cancel, work, me, lease) is true;

    public Task ReleaseAsync(string work, CancellationToken cancel = default) =>
        AskAsync("delete from claim where work = $1 and node = $2", cancel, work, me);

    // nobody waits for a disk: a sighting that a crash takes comes again
    public Task SawAsync(IReadOnlyCollection<string> seen, CancellationToken cancel = default) => seen.Count == 0
        ? Task.CompletedTask
        : AskAsync(
            """
            with hasty as materialized (select set_config('synchronous_commit', 'off', true))
            insert into sighting (who, node, at) select who, $2, clock_timestamp() from unnest($1) who, hasty order by who
            on conflict (who) do update set node = excluded.node, at = excluded.at
            """,
            cancel, seen.Distinct(StringComparer.Ordinal).ToArray(), me);

    public async Task<TimeSpan?> SeenElsewhereAsync(string who, CancellationToken cancel = default) =>
        await AskAsync("select clock_timestamp() - at from sighting where who = $1 and node <> $2", cancel, who, me) as TimeSpan?;

    public Task ForgetSeenAsync(TimeSpan unseenFor, CancellationToken cancel = default) =>
        AskAsync("delete from sighting where at < clock_timestamp() - $1", cancel, unseenFor);

    public async Task<byte[]> SecretAsync(string name, CancellationToken cancel = default)
    {
        await AskAsync(
            "insert into secret (name, value) values ($1, $2) on conflict do nothing", cancel, name,
            RandomNumberGenerator.GetBytes(32));
        return (byte[])(await AskAsync("select value from secret where name = $1", cancel, name))!;
    }

    private Task<object?> AskAsync(string sql, CancellationToken cancel, params object[] parameters) =>
        PostgresFailures.AnsweredAsync(async () =>
        {
            await using var command = source.CreateCommand(sql);
            foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteScalarAsync(cancel);
        });
}
