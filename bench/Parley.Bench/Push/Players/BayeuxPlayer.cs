namespace Parley.Bench.Push.Players;

/// <summary>A Bayeux client between its handshake and its disconnect, whatever carries it.</summary>
internal abstract class BayeuxPlayer(Crowd crowd, int number) : Player(crowd, number)
{
    protected const int LargestPublish = 2048;

    private BayeuxWords? words;
    private bool isSubscribed;

    protected abstract string ConnectionType { get; }

    protected BayeuxWords Words => words ?? throw new InvalidOperationException("no handshake yet");

    public sealed override void Listen() => Request(Words.FirstConnect);

    /// <summary>Sends a message that belongs to the course of the session.</summary>
    protected abstract void Request(byte[] payload);

    /// <summary>The server has forgotten the session, as it was asked to.</summary>
    protected abstract void Disconnected();

    /// <summary>Reads a payload: events first, then what it says of the session.</summary>
    protected void ReadPayload(ReadOnlySpan<byte> payload)
    {
        ReadStamps(payload);
        if (payload.IndexOf("/meta/"u8) >= 0) ReadMeta(payload);
        if (payload.IndexOf("\"successful\":false"u8) >= 0) Crowd.Faults.Add("a message was refused");
    }

    private void ReadMeta(ReadOnlySpan<byte> payload)
    {
        if (payload.IndexOf("/meta/handshake"u8) >= 0)
        {
            words = new BayeuxWords(payload, ConnectionType, Number, Number == Crowd.Size);
            Crowd.StepDone();
        }
        else if (payload.IndexOf("/meta/disconnect"u8) >= 0)
        {
            Disconnected();
        }
        else if (payload.IndexOf("/meta/subscribe"u8) >= 0)
        {
            isSubscribed = true;
            Request(Words.Connect);
            Crowd.StepDone();
        }
        else if (!IsLeaving)
        {
            Request(isSubscribed ? Words.Connect : Words.Subscribe);
        }
    }
}
