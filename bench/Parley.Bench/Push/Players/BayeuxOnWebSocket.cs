using Parley.Bench.Push.Loop;

namespace Parley.Bench.Push.Players;

/// <summary>A Bayeux client on one WebSocket.</summary>
internal sealed class BayeuxOnWebSocket(Crowd crowd, int number) : BayeuxPlayer(crowd, number), IWebSocketPlayer
{
    private WebSocketConnection? connection;
    private bool isClosed;

    protected override string ConnectionType => "websocket";

    public override void Open() => connection = new WebSocketConnection(Crowd.Loop, Crowd.Server, "/bayeux", this);

    public void Upgraded() => connection!.SendText(BayeuxWords.Handshake);

    public void Heard(ReadOnlySpan<byte> payload) => ReadPayload(payload);

    public void Closed()
    {
        isClosed = true;
        if (IsLeaving) Crowd.StepDone();
        else Lost("closed");
    }

    protected override void Request(byte[] payload) => connection!.SendText(payload);

    protected override void Send(Audience to, ReadOnlySpan<byte> text) =>
        connection!.SendText(Words.Publish(stackalloc byte[LargestPublish], to, text));

    protected override void SayGoodbye() => Request(Words.Disconnect);

    protected override void Disconnected()
    {
        if (!isClosed) connection!.AskToClose();
    }
}
