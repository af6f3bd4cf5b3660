using System.Diagnostics;

namespace Parley.Bench;

/// <summary>What a run of <c>chat</c> found.</summary>
internal sealed record ChatFigures(ChatOptions Options, Stage Stage, MeasuredPeriod Period)
{
    /// <summary>Every request was answered with success, and every acknowledged message was notified once.</summary>
    public bool IsFaultless => Faults == 0;

    /// <summary>Requests that failed, and messages that were notified never or twice.</summary>
    public long Faults => Stage.Faults.Total + Stage.Journal.Repeats + Stage.Journal.Unseen();

    /// <summary>What became of the customers' messages.</summary>
    public JournalSummary Messages { get; } = Stage.Journal.Summarise(Period.From, Period.To);

    /// <summary>Messages of customers that were acknowledged.</summary>
    public double CustomersPerSecond => Messages.Acknowledged / Period.Length.TotalSeconds;

    /// <summary>Messages of agents that were acknowledged.</summary>
    public double AgentsPerSecond => Period.AnswersGiven / Period.Length.TotalSeconds;

    /// <summary>Messages of customers and agents that were acknowledged.</summary>
    public double PerSecond => CustomersPerSecond + AgentsPerSecond;
}

/// <summary>The part of a run that counts.</summary>
/// <param name="From">A <see cref="Stopwatch"/> timestamp.</param>
/// <param name="To">A <see cref="Stopwatch"/> timestamp.</param>
/// <param name="Server">What the server spent; null if its process is not known.</param>
/// <param name="OwnCpu">Processor time of this program.</param>
internal sealed record MeasuredPeriod(long From, long To, ServerSpent? Server, TimeSpan OwnCpu)
{
    public TimeSpan Length => Stopwatch.GetElapsedTime(From, To);
    public long AnswersGiven { get; init; }
    public long RefreshesAnswered { get; init; }

    /// <summary>From the first create to the last accept.</summary>
    public TimeSpan Opening { get; init; }

    /// <summary>Blocks a second that the disk takes one by one.</summary>
    public double DiskFlushes { get; init; }

    /// <summary>Chats that an agent had accepted.</summary>
    public int Talking { get; init; }
}
