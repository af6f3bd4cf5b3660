using Parley.Server.Operation.Health;

namespace Parley.Server.History;

/// <summary>
/// Whether what happens gets into the history. If it does not, chats go on all the same, and it is made up for later.
/// </summary>
internal sealed class HistoryHealth : IHealth
{
    private static readonly Rejection Stuck = new(
        Reason.Unavailable,
        "What happens does not get into the history, which is made up for later. The server's own log says why.");

    private Rejection? problem;

    public string Part => "history";

    public bool IsVital => false;

    public Rejection? Problem() => Volatile.Read(ref problem);

    /// <summary>It does not; whether it did until now.</summary>
    public bool Failed() => Interlocked.Exchange(ref problem, Stuck) is null;

    public void Worked() => Volatile.Write(ref problem, null);
}
