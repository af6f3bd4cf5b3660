namespace Parley.Server.Operation.Health;

/// <summary>Whether the log's tail can be followed: without it nobody is told anything.</summary>
internal sealed class TailHealth : IHealth
{
    private static readonly Rejection Lost =
        new(Reason.Unavailable, "The log cannot be followed: nobody is told what happens. The server's own log says why.");

    private volatile Rejection? problem;

    public string Part => "tail";

    public bool IsLost => problem is not null;

    /// <summary>The server ends for it: whoever started it is to start it again.</summary>
    public bool IsLostForGood { get; set; }

    public Rejection? Problem() => problem;

    public void Failed() => problem = Lost;

    public void Worked() => problem = null;
}
