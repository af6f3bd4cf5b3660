using Parley.Bench.Push.Loop;

namespace Parley.Bench.Push.Players;

/// <summary>A client of the bare broadcast: texts in frames and nothing else.</summary>
internal sealed class BareWebSocket(Crowd crowd, int number) : Player(crowd, number), IWebSocketPlayer
{
    private WebSocketConnection? connection;

    public override void Open() => connection = new WebSocketConnection(Crowd.Loop, Crowd.Server, $"/members/{Number}", this);

    public override void Listen() => Crowd.StepDone();

    public void Upgraded() => Crowd.StepDone();

    public void Heard(ReadOnlySpan<byte> payload) => ReadStamps(payload);

    public void Closed() => Crowd.StepDone();

    protected override void Send(Audience to, ReadOnlySpan<byte> text)
    {
        Span<byte> message = stackalloc byte[1 + text.Length];
        message[0] = to is Audience.Everybody ? (byte)'*' : (byte)'=';
        text.CopyTo(message[1..]);
        connection!.SendText(message);
    }

    protected override void SayGoodbye() => connection!.AskToClose();
}
