namespace Parley.Log.History;

/// <summary>
/// What can be found out about chats, those that are over included: a read model beside the log and nothing but a fold over it.
/// When it is lost, damaged or of another version it is emptied and built anew.
/// </summary>
/// <remarks>
/// One projector fills it; should there be two, the place at which each thinks it stands keeps anything from being stored
/// twice. What every engine promises is written down in the suite that it inherits.
/// </remarks>
public interface IHistoryIndex : IAsyncDisposable
{
    /// <summary>Up to where the log is in the index.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    Task<HistoryPlace> PlaceAsync(CancellationToken cancel = default);

    /// <summary>
    /// Stores what a stretch of the log did, and where it ends, all or nothing; false if the index does not stand where the
    /// stretch begins, and then nothing is stored.
    /// </summary>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="changes">One for each chat that changed in it.</param>
    /// <exception cref="LogUnavailableException">It cannot be stored now, or is damaged.</exception>
    Task<bool> ApplyAsync(
        HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes, CancellationToken cancel = default);

    /// <summary>The chats that a query asks for.</summary>
    /// <exception cref="LogUnavailableException">It cannot be read now, or is damaged.</exception>
    /// <exception cref="OperationCanceledException">It took longer than whoever asks wants to wait.</exception>
    Task<HistoryPage> FindAsync(HistoryQuery query, CancellationToken cancel = default);

    /// <summary>Empties the index, damaged or not, so that it is built anew by this version of the fold.</summary>
    /// <exception cref="LogUnavailableException">It cannot be emptied now.</exception>
    Task ClearAsync(int version, CancellationToken cancel = default);
}

/// <summary>Up to where the log is in an index, and by which fold.</summary>
/// <param name="Version">That of the fold; 0 for an index that nobody has filled.</param>
/// <param name="Position">That of the last event; 0 for none.</param>
/// <param name="CommandId">The command of the last event, by which another log is known; empty for none.</param>
public sealed record HistoryPlace(int Version, long Position, string CommandId)
{
    /// <summary>Before everything, for the fold of this version.</summary>
    public static HistoryPlace Beginning(int version) => new(version, 0, "");
}
