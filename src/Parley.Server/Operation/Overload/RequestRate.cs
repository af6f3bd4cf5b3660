namespace Parley.Server.Operation.Overload;

/// <summary>How many requests come in a second.</summary>
internal sealed class RequestRate(TimeProvider time)
{
    private readonly Lock gate = new();
    private long second;
    private int before;
    private int now;

    /// <summary>Those of the last whole second, or of the present one if they are more already.</summary>
    public int PerSecond
    {
        get
        {
            lock (gate)
            {
                Turn();
                return Math.Max(before, now);
            }
        }
    }

    public void Count()
    {
        lock (gate)
        {
            Turn();
            now++;
        }
    }

    private void Turn()
    {
        var present = time.GetTimestamp() / time.TimestampFrequency;
        if (present == second) return;
        (before, now) = (present == second + 1 ? now : 0, 0);
        second = present;
    }
}
