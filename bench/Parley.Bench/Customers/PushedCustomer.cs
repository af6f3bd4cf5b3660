using System.Diagnostics;
using System.Text;
using Parley.Bench.Push;
using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>A customer at door C: CometD on one WebSocket, a connect always under way, not subscribed to anything.</summary>
internal sealed class PushedCustomer(int number, Doors doors) : WaitingCustomer(number, doors), IWebSocketPlayer
{
    private static readonly byte[] Handshake = Encoding.ASCII.GetBytes(
        """[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]""");

    private WebSocketConnection? connection;
    private string clientId = "", key = "";
    private byte[] connect = [], send = [];

    private string Channel => $"/service/chatV2/{Doors.Service}";

    public override void Open() => connection = new WebSocketConnection(Doors.Loop, Doors.Server, "/genesys/cometd", this);

    public void Upgraded() => connection!.SendText(Handshake);

    public void Heard(ReadOnlySpan<byte> payload)
    {
        if (payload.IndexOf("\"/service/"u8) >= 0) ReadPushes(payload);
        if (payload.IndexOf("\"/meta/"u8) >= 0) ReadMeta(payload);
        if (payload.IndexOf("\"successful\":false"u8) >= 0) Fault("a message was refused");
    }

    public void Closed()
    {
        if (!IsLeaving) Fault("connection: closed");
        Doors.Steps.Done();
    }

    protected override void Send(int message) => connection!.SendText(Doors.Stage.Texts.Body(send, message, "\"}}]"u8));

    protected override void SayGoodbye() => connection!.SendText(
        [.. Publish("disconnect"), .. "\"}},"u8, .. Message("/meta/disconnect", "\"ext\":{}").AsSpan(1)]);

    private void ReadMeta(ReadOnlySpan<byte> payload)
    {
        if (payload.IndexOf("/meta/handshake"u8) >= 0)
        {
            clientId = Field(payload, "\"clientId\":\""u8);
            connect = Message("/meta/connect", "\"connectionType\":\"websocket\"");
            connection!.SendText(Message("/meta/connect", "\"connectionType\":\"websocket\",\"advice\":{\"timeout\":0}"));
        }
        else if (payload.IndexOf("/meta/disconnect"u8) >= 0)
        {
            connection!.AskToClose();
        }
        else if (!IsLeaving)
        {
            connection!.SendText(connect);
            if (Asked == 0) AskForChat();
        }
    }

    private void AskForChat()
    {
        Asked = Stopwatch.GetTimestamp();
        connection!.SendText(Message(
            Channel, """
            "data":{"operation":"requestChat","nickname":"Mira","subject":"Parcel","userData":{"source":"web"}}
            """));
    }

    private void ReadPushes(ReadOnlySpan<byte> payload)
    {
        if (payload.IndexOf("\"chatEnded\":"u8) < 0) return; // the reply to a publish, which says nothing
        if (ReadKeys(payload))
        {
            key = Field(payload, "\"secureKey\":\""u8);
            send = Publish("sendMessage");
            Doors.Measures.Note(Doors.Measures.PushedCreates, Asked);
            Doors.Steps.Done();
        }
        HearSelf(payload);
        while (Stamp.TryTake(ref payload, out var stamp)) Doors.Measures.Note(Doors.Measures.AgentPushes, stamp.Due);
    }

    private void HearSelf(ReadOnlySpan<byte> payload)
    {
        var journal = Doors.Stage.Journal;
        while (Doors.Stage.Texts.TryTake(ref payload, out var message))
        {
            if (journal.IsAcknowledged(message))
            {
                Fault("pushed twice");
                continue;
            }
            journal.Acknowledged(message);
            Doors.Measures.Note(Doors.Measures.OwnPushes, journal.DueOf(message));
            Doors.UnderWay--;
        }
    }

    private byte[] Message(string channel, string members) =>
        Encoding.ASCII.GetBytes($"[{{\"channel\":\"{channel}\",\"clientId\":\"{clientId}\",\"id\":\"2\",{members}}}]");

    /// <summary>An operation in the chat, up to its message.</summary>
    private byte[] Publish(string operation) => Encoding.ASCII.GetBytes(
        $"[{{\"channel\":\"{Channel}\",\"clientId\":\"{clientId}\",\"id\":\"3\",\"data\":{{\"operation\":\"{operation}\","
        + $"\"chatId\":\"{ChatId}\",\"secureKey\":\"{key}\",\"message\":\"");
}
