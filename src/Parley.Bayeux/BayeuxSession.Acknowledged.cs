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
            var batch = EndAckBatch();
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

    private void EndAckBatchFor(HeldConnect connect)
    {
        if (ack is not null && connect.Batch == 0) connect.Batch = EndAckBatch();
    }

    private long EndAckBatch()
    {
        BeforeTaking();
        var batch = ack!.CloseBatch(queue.Count);
        queue.MarkSent(queue.Count);
        return batch;
    }
}
