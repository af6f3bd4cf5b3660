using System.Collections.Concurrent;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>An extension that notes what it sees: <c>A in /x</c>, <c>A event /x</c>, <c>A out /x</c>.</summary>
internal sealed class Spy(string name, ConcurrentQueue<string> seen) : BayeuxExtension
{
    /// <summary>What it does with a message; false deletes it.</summary>
    public Func<BayeuxMessage, ValueTask<bool>> In { get; set; } = _ => new(true);

    /// <summary>What it makes of an event.</summary>
    public Func<BayeuxEvent, BayeuxEvent?> Event { get; set; } = evt => evt;

    /// <summary>What it does with a reply.</summary>
    public Action<BayeuxReply> Out { get; set; } = _ => { };

    protected internal override ValueTask<bool> Incoming(BayeuxMessage message)
    {
        seen.Enqueue($"{name} in {message.Channel}");
        return In(message);
    }

    protected internal override BayeuxEvent? OutgoingEvent(BayeuxEvent evt, BayeuxSession? receiver)
    {
        seen.Enqueue($"{name} event {evt.Channel}");
        return Event(evt);
    }

    protected internal override void OutgoingReply(BayeuxReply reply)
    {
        seen.Enqueue($"{name} out {reply.Channel}");
        Out(reply);
    }
}
