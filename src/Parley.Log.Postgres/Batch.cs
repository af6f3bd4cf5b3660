using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Parley.Log.Postgres;

/// <summary>Commands that touch different streams, as the arrays that <c>append_commands</c> takes.</summary>
internal sealed class Batch
{
    private readonly List<PendingAppend> commands = [];
    private readonly HashSet<string> streams = new(StringComparer.Ordinal);
    private readonly List<int> partCommand = [], partExpected = [], partEvents = [], partLife = [];
    private readonly List<int> eventPart = [], eventNumber = [];
    private readonly List<string> partStream = [], partKey = [], eventType = [];
    private readonly List<byte[]> eventData = [];
    private readonly List<bool> eventEnds = [];

    /// <summary>Cuts commands in their order into batches in which no stream comes twice.</summary>
    public static IEnumerable<Batch> Of(IReadOnlyList<PendingAppend> pending)
    {
        var batch = new Batch();
        foreach (var one in pending)
        {
            if (one.Append.Streams.Any(part => batch.streams.Contains(part.Stream)))
            {
                yield return batch;
                batch = new Batch();
            }
            batch.Add(one);
        }
        yield return batch;
    }

    /// <summary>The call; what it returns is understood by <see cref="Conclude"/>.</summary>
    public NpgsqlCommand Call(NpgsqlConnection connection) => new(
        "select ended, outcomes from append_commands($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", connection)
    {
        Parameters =
        {
            Array(NpgsqlDbType.Integer, partCommand), Array(NpgsqlDbType.Text, partStream), Array(NpgsqlDbType.Text, partKey),
            Array(NpgsqlDbType.Integer, partExpected), Array(NpgsqlDbType.Integer, partEvents),
            Array(NpgsqlDbType.Integer, partLife), Array(NpgsqlDbType.Integer, eventPart),
            Array(NpgsqlDbType.Integer, eventNumber), Array(NpgsqlDbType.Text, eventType),
            Array(NpgsqlDbType.Bytea, eventData), Array(NpgsqlDbType.Boolean, eventEnds),
        },
    };

    /// <summary>Sets every command's outcome.</summary>
    /// <returns>What was stored, from the position after <paramref name="ended"/> on.</returns>
    public LogEvent[] Conclude(long ended, int[] outcomes)
    {
        var stored = new List<LogEvent>();
        for (var i = 0; i < commands.Count; i++)
        {
            commands[i].Outcome = (AppendOutcome)outcomes[i];
            commands[i].IsSettled = true;
            if (commands[i].Outcome != AppendOutcome.Stored) continue;
            var append = commands[i].Append;
            foreach (var part in append.Streams)
            {
                for (var n = 0; n < part.Events.Count; n++)
                    stored.Add(new LogEvent(
                        part.Stream, part.ExpectedVersion + n + 1, ++ended, part.Events[n].Type, part.Events[n].Data,
                        append.CommandId));
            }
        }
        return [.. stored];
    }

    private void Add(PendingAppend pending)
    {
        commands.Add(pending);
        var append = pending.Append;
        foreach (var part in append.Streams)
        {
            streams.Add(part.Stream);
            partCommand.Add(commands.Count);
            partStream.Add(part.Stream);
            partKey.Add(append.CommandId);
            partExpected.Add(part.ExpectedVersion);
            partEvents.Add(part.Events.Count);
            partLife.Add((int)part.Life);
            foreach (var (type, data) in part.Events)
            {
                eventPart.Add(partStream.Count);
                eventNumber.Add(eventPart.Count > 1 && eventPart[^2] == partStream.Count ? eventNumber[^1] + 1 : 1);
                eventType.Add(type);
                eventData.Add(Bytes(data));
                eventEnds.Add(false);
            }
        }
        eventEnds[^1] = true;
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType element, List<T> values) =>
        new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var part) && part.Array is { } whole && part.Count == whole.Length
            ? whole
            : data.ToArray();
}
