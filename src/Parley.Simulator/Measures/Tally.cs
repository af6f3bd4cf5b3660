using Parley.Client;

namespace Parley.Simulator.Measures;

/// <summary>What became of a customer.</summary>
internal enum Outcome
{
    /// <summary>Everything was said and answered.</summary>
    Done,

    /// <summary>Nobody came while patience lasted.</summary>
    GaveUp,

    /// <summary>Somebody came, and then there was no answer for too long.</summary>
    Unanswered,

    /// <summary>The server had too much to do to begin a chat.</summary>
    TurnedAway,

    /// <summary>The other side ended the chat.</summary>
    Ended,

    /// <summary>The simulation ended first.</summary>
    CutShort,

    /// <summary>Something went wrong that should not.</summary>
    Failed,
}

/// <summary>Counts of what simulated people did. Safe for many writers.</summary>
internal sealed class Tally
{
    private readonly int[] outcomes = new int[Enum.GetValues<Outcome>().Length];
    private int came, waiting, inChat, mostInChat, messages, reconnects, transfers;

    /// <summary>How long customers waited until an agent came.</summary>
    public Latencies Waits { get; } = new();

    /// <summary>Customers so far.</summary>
    public int Came => Volatile.Read(ref came);

    /// <summary>Customers who wait for an agent.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Customers who are with an agent.</summary>
    public int InChat => Volatile.Read(ref inChat);

    public int MostInChat => Volatile.Read(ref mostInChat);

    /// <summary>Texts of both sides that were acknowledged.</summary>
    public int Messages => Volatile.Read(ref messages);

    public int Reconnects => Volatile.Read(ref reconnects);

    public int Transfers => Volatile.Read(ref transfers);

    public int Of(Outcome outcome) => Volatile.Read(ref outcomes[(int)outcome]);

    public void CustomerCame()
    {
        Interlocked.Increment(ref came);
        Interlocked.Increment(ref waiting);
    }

    public void AgentCame(TimeSpan waited)
    {
        Waits.Record(waited);
        Interlocked.Decrement(ref waiting);
        var now = Interlocked.Increment(ref inChat);
        for (var most = MostInChat; now > most; most = MostInChat) Interlocked.CompareExchange(ref mostInChat, now, most);
    }

    /// <param name="isServed">Whether an agent had come.</param>
    public void CustomerWent(Outcome outcome, bool isServed)
    {
        Interlocked.Increment(ref outcomes[(int)outcome]);
        if (isServed) Interlocked.Decrement(ref inChat);
        else Interlocked.Decrement(ref waiting);
    }

    public void MessageSent() => Interlocked.Increment(ref messages);

    public void ConnectionLost() => Interlocked.Increment(ref reconnects);

    public void Transferred() => Interlocked.Increment(ref transfers);
}
