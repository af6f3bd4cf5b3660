namespace Parley.Bench.Push.Players;

/// <summary>One client of a server under test. What it is asked to do is done later: then it tells its crowd.</summary>
internal abstract class Player(Crowd crowd, int number)
{
    public int Number => number;

    /// <summary>What it has heard of the publisher.</summary>
    public Tally FromPublisher { get; } = new();

    /// <summary>What it has heard of its partner.</summary>
    public Tally FromPartner { get; } = new();

    /// <summary>How many messages it has sent to everybody.</summary>
    public int SaidToEverybody { get; private set; }

    /// <summary>How many messages it has sent to its partner.</summary>
    public int SaidToPartner { get; private set; }

    protected Crowd Crowd => crowd;

    protected bool IsLeaving { get; private set; }

    /// <summary>Connects and shakes hands.</summary>
    public abstract void Open();

    /// <summary>Subscribes, and waits for messages.</summary>
    public abstract void Listen();

    /// <summary>Sends the next message.</summary>
    /// <param name="due">When it should have been sent, as a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
    public void Say(Audience to, long due)
    {
        var next = to is Audience.Everybody ? SaidToEverybody++ : SaidToPartner++;
        Span<byte> text = stackalloc byte[Crowd.TextSize];
        new Stamp(to, next, due).Write(text);
        Send(to, text);
    }

    /// <summary>Says goodbye and closes.</summary>
    public void Leave()
    {
        IsLeaving = true;
        SayGoodbye();
    }

    public void Lost(string how)
    {
        if (!IsLeaving) crowd.Faults.Add("connection: " + how);
        crowd.StepDone();
    }

    protected abstract void Send(Audience to, ReadOnlySpan<byte> text);

    protected abstract void SayGoodbye();

    /// <summary>Tells the crowd of every message in these bytes.</summary>
    protected void ReadStamps(ReadOnlySpan<byte> bytes)
    {
        while (Stamp.TryTake(ref bytes, out var stamp)) crowd.Hear(this, stamp);
    }
}
