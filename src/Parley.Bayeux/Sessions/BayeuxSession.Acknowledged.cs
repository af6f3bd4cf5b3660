namespace Parley.Bayeux;

/// <summary>Acknowledged messages: what was sent stays in the queue until the client says that it has it.</summary>
public sealed partial class BayeuxSession
{
    private Acknowledgement? ack;

    /// <summary>True if the client acknowledges what it receives: nothing is lost while the session lives.</summary>
    public bool IsAcknowledging => ack is not null;

    /// <summary>The client asked for it in its handshake.</summary>
    internal void BeginAcknowledging()
    {
        lock (gate) ack ??= new Acknowledgement();
    }

    /// <summary>Takes what waits for the answer to the handshake, and the batch it makes (0 without acknowledgement).</summary>
    internal (TakenEvents Events, long Batch) TakeWithHandshake()
    {
        lock (gate)
        {
            if (ack is null) return (TakeSome(int.MaxValue), 0);
            var batch = EndAckBatch(int.MaxValue);
            return (TakenEvents.CopyOf(ref queue, queue.Count), batch);
        }
    }

    // What the client has is dropped. True if something is left that was sent and perhaps never came.
    private bool MustRepeat(ConnectTerms terms)
    {
        if (ack is null || terms.Acknowledged is not { } batch) return false;
        for (var dropped = ack.Acknowledge(batch); dropped > 0 && queue.Count > 0; dropped--) queue.Take();
        return queue.Sent > 0 && !queue.IsUrgent;
    }

    // A client processes whole payloads: the events of a batch and the answer that closes it share one, or a connection that
    // breaks between two frames would have it see events twice. What does not fit goes with the next connect; after the last
    // there is none.
    private void EndAckBatchFor(HeldConnect connect)
    {
        if (ack is null || connect.Batch != 0) return;
        connect.Batch = EndAckBatch(connect.Holder is ISessionEndpoint && IsOpen ? server.Options.MaxFrameSize : int.MaxValue);
    }

    private long EndAckBatch(int maxBytes)
    {
        BeforeTaking();
        var count = queue.CountOfFirst(maxBytes);
        queue.MarkSent(count);
        isLazyOver = queue.Waiting > 0;
        return ack!.CloseBatch(count);
    }
}
