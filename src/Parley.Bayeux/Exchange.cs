using Microsoft.AspNetCore.Http;
using Parley.Bayeux.Meta;

namespace Parley.Bayeux;

/// <summary>One payload of a client and the replies to it: whatever the transport, each message goes the same way.</summary>
internal sealed class Exchange(BayeuxServer server, HttpContext http, IConnectHolder holder) : IDisposable
{
    public BayeuxServer Server => server;

    public HttpContext Http => http;

    public IConnectHolder Holder => holder;

    public ReplyBuffer Replies { get; } = new(server);

    /// <summary>The session all messages of the payload belong to; null if it is unknown or not the client's.</summary>
    public BayeuxSession? Session { get; set; }

    /// <summary>True if the payload names a session of somebody else.</summary>
    public bool IsForeign { get; set; }

    /// <summary>Whether a connect in it may wait.</summary>
    public Holding Hold { get; init; }

    /// <summary>The connect that waits, if one does.</summary>
    public HeldConnect? Held { get; set; }

    /// <summary>The connect whose answer is among the replies, if one is.</summary>
    public HeldConnect? Answered { get; set; }

    /// <summary>The session that a handshake in it began.</summary>
    public BayeuxSession? Started { get; set; }

    /// <summary>Processes one message; it yields one reply, except a connect that is held.</summary>
    public async ValueTask Process(BayeuxMessage message)
    {
        message.Http = http;
        if (Malformation(message) is { } error)
        {
            Refuse(message, error);
            return;
        }

        var session = message.Channel is not BayeuxMessage.Handshake && Session is { } own && own.Id == message.ClientId
            ? own
            : null;
        message.Session = session;
        using var span = server.Telemetry.Began(message);
        var connects = message.Channel is BayeuxMessage.Connect ? session?.ConnectArrived() : null;
        try
        {
            if (await server.Sees(message)) await Dispatch(message, session);
            else Refuse(message, BayeuxErrors.MessageDeleted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            server.Telemetry.Refused(BayeuxErrors.Internal);
            throw;
        }
        finally
        {
            if (connects is { } number) session!.ConnectProcessed(number);
        }
    }

    /// <summary>Writes the answer to a connect.</summary>
    public void Answer(HeldConnect connect, ConnectEnd end) => Connect.Answer(Server, Replies, connect, end);

    /// <summary>Writes a refusal.</summary>
    public void Refuse(BayeuxMessage message, string error)
    {
        server.Telemetry.Refused(error);
        Replies.Refuse(message, error);
    }

    /// <summary>Refuses what belongs to no live session, perhaps because it ended while the message was processed.</summary>
    public void RefuseStranger(BayeuxMessage message)
    {
        var error = IsForeign ? BayeuxErrors.SessionForeign : server.Options.UnknownSessionError;
        server.Telemetry.Refused(error);
        Replies.BeginRefusal(message, error);
        if (message.Channel is BayeuxMessage.Connect || server.Options.AlwaysAdviseHandshake)
        {
            if (message.Session?.WasDisconnected == true) Replies.StopAdvice();
            else Replies.HandshakeAdvice();
        }
        Replies.End(message.Session, message.Notes);
    }

    /// <summary>The replies have been written, or failed to be: the sessions' expiry starts.</summary>
    public void Written()
    {
        Started?.HandshakeAnswered();
        if (Answered is { } connect) connect.Session.ConnectAnswered(connect.Number);
    }

    public void Dispose() => Replies.Dispose();

    private static string? Malformation(BayeuxMessage message)
    {
        if (!message.HasChannel) return BayeuxErrors.ChannelMissing;
        if (!IsKnownMeta(message.Channel))
        {
            if (!ChannelName.TryParse(message.Channel, out var name) || name.IsPattern) return BayeuxErrors.ChannelInvalid;
            message.Name = name;
        }
        return message.HasLegalId ? null : BayeuxErrors.MessageIdInvalid;
    }

    private static bool IsKnownMeta(string? channel) => channel is BayeuxMessage.Handshake or BayeuxMessage.Connect
        or BayeuxMessage.Subscribe or BayeuxMessage.Unsubscribe or BayeuxMessage.Disconnect;

    private static bool IsUsable(BayeuxSession session, BayeuxMessage message) =>
        session.IsLive || (session.IsLeaving && message.Channel is BayeuxMessage.Connect);

    private ValueTask Dispatch(BayeuxMessage message, BayeuxSession? session)
    {
        if (message.Channel is BayeuxMessage.Handshake) return Handshake.Handle(this, message);
        if (session is null || !IsUsable(session, message))
        {
            RefuseStranger(message);
            return ValueTask.CompletedTask;
        }
        if (message.Channel is not BayeuxMessage.Connect) session.Heard();
        switch (message.Channel)
        {
            case BayeuxMessage.Connect:
                Connect.Handle(this, session, message);
                return ValueTask.CompletedTask;
            case BayeuxMessage.Subscribe:
                return Subscribe.Handle(this, session, message);
            case BayeuxMessage.Unsubscribe:
                Unsubscribe.Handle(this, session, message);
                return ValueTask.CompletedTask;
            case BayeuxMessage.Disconnect:
                Disconnect.Handle(this, session, message);
                return ValueTask.CompletedTask;
            default:
                return Publish.Handle(this, session, message);
        }
    }

}
