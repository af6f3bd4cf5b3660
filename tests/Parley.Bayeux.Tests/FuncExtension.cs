namespace Parley.Bayeux.Tests;

/// <summary>An extension made of functions; what it has none for passes.</summary>
internal sealed class FuncExtension : BayeuxExtension
{
    public Func<BayeuxMessage, ValueTask<bool>>? OnMessage { get; init; }

    public Action<BayeuxReply>? OnReply { get; init; }

    public Func<BayeuxEvent, BayeuxSession?, BayeuxEvent?>? OnEvent { get; init; }

    protected internal override ValueTask<bool> Incoming(BayeuxMessage message) => OnMessage?.Invoke(message) ?? new(true);

    protected internal override void OutgoingReply(BayeuxReply reply) => OnReply?.Invoke(reply);

    protected internal override BayeuxEvent? OutgoingEvent(BayeuxEvent evt, BayeuxSession? receiver) =>
        OnEvent is { } see ? see(evt, receiver) : evt;
}
