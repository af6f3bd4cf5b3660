using Parley.Bayeux;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary><c>/service/chatV2/{service}</c>: door C, customers over GMS Chat Version 2, CometD.</summary>
/// <remarks>
/// A publish is acknowledged whatever comes of it; what does come of it is pushed to the session on the same channel, errors as
/// well. Operations are those of door B, and so are keys and answers: a chat may be used through both.
/// Source: "ChatAPIv2CometD".
/// </remarks>
internal sealed class GmsCometd(
    Reception reception, GmsOperations operations, GmsBindings bindings, IdleControl idle, CustomersOptions options)
{
    public static readonly ChannelName Channels = ChannelName.Parse(GmsPublish.Root + "*");

    /// <summary>
    /// Two responses of one poller may overtake each other; those to its connects cannot. On a WebSocket nothing does.
    /// </summary>
    public static void DeliverInOrder(BayeuxSession session, DeliveryOver transport) =>
        session.DeliversWithConnects = transport == DeliveryOver.Polls;

    /// <summary>Hears a publish and has done what it asks for when it returns; it never deletes the message.</summary>
    public async ValueTask<bool> Hear(BayeuxMessage message)
    {
        var channel = ChannelName.Parse(message.Channel!);
        var transport = message.Http.WebSockets.IsWebSocketRequest ? DeliveryOver.WebSocket : DeliveryOver.Polls;
        DeliverInOrder(message.Session!, transport);
        if (GmsPublish.Of(message, channel) is not { } publish)
        {
            var wrong = GmsAnswer.Wrong(DoorError.Malformed(
                "data is not an object of texts.", "Send an object in which only userData and eventAttributes are objects."));
            message.Session!.Deliver(BayeuxEvent.Create(channel, wrong.Json.Span));
        }
        else if (await Serve(publish) is { } answer)
        {
            bindings.Answer(publish, answer);
        }
        return true;
    }

    /// <summary>Does it; null where everything there is to be told reaches the session by its chat's events.</summary>
    private async Task<GmsAnswer?> Serve(GmsPublish publish)
    {
        try
        {
            return publish.Operation == "requestChat" ? await Begin(publish) : await Operate(publish);
        }
        catch (LogUnavailableException)
        {
            return GmsAnswer.TryAgain(publish.ChatId);
        }
    }

    /// <summary>Begins a chat. The first the session hears from now on are its keys (K7).</summary>
    private async Task<GmsAnswer?> Begin(GmsPublish publish)
    {
        var before = bindings.Release(publish.Session);
        var admission = await reception.Admit(publish.Service, publish.Fields, Door.Gms, publish.Caller);
        if (admission.Chat is not { } chat)
        {
            if (before is not null) bindings.Restore(before);
            return GmsAnswer.WrongAndOver(admission.Refused!);
        }
        bindings.Bind(publish, chat, admission.Key, from: 1);
        return null;
    }

    private async Task<GmsAnswer?> Operate(GmsPublish publish)
    {
        var id = publish.ChatId;
        var (chat, refused) = await reception.Enter(new ChatId(id), publish.Key, Door.Gms, publish.Caller, publish.Service);
        if (refused is not null) return GmsAnswer.Wrong(refused, id);
        if (chat is null || chat.Service != publish.Service) return GmsAnswer.Gone(id);
        var (position, wrong) = GmsTranscript.PositionOf(publish.Fields["transcriptPosition"]);
        // unlike over REST, 0 is everything
        var from = position is null or 0 ? 1 : position.Value;
        return publish.Operation switch
        {
            _ when wrong is not null => GmsAnswer.Wrong(wrong, id),
            "requestNotifications" => await Listen(publish, chat, from),
            "refresh" => Read(publish, chat, from),
            "disconnect" => await Leave(publish, chat),
            _ => await Run(publish, publish.Operation, chat),
        };
    }

    /// <summary>
    /// The session hears of the chat from the position on. Clients ask again and again until they are answered, so that it costs
    /// nothing where nothing is new. Whatever is wrong with data that comes along, the customer is back.
    /// </summary>
    private async Task<GmsAnswer?> Listen(GmsPublish publish, Chat chat, int from)
    {
        bindings.Bind(publish, chat, publish.Key!, from);
        return publish.Fields.UserData.Count > 0 && chat.CustomerPresent ? await Run(publish, "updateData", chat) : null;
    }

    /// <summary>The customer leaves the chat; CometD goes on.</summary>
    private async Task<GmsAnswer?> Leave(GmsPublish publish, Chat chat)
    {
        if (await reception.Leave(chat) is not { } left) return GmsAnswer.TryAgain(chat.Id.Value);
        if (bindings.Tell(publish.Session, left)) return null;
        var end = Audience.EntriesForCustomer(left).LastOrDefault(e => e.Quit is not null);
        return Read(publish, left, end?.Index ?? 1);
    }

    private GmsAnswer Read(GmsPublish publish, Chat chat, int from) =>
        GmsAnswer.Done(chat, publish.Key!, GmsTranscript.From(chat, from, options), idle.SecondsLeft(chat));

    private async Task<GmsAnswer?> Run(GmsPublish publish, string operation, Chat chat)
    {
        var id = chat.Id.Value;
        var (asked, flaw) = operations.Read(operation, chat, publish.Fields);
        if (flaw is not null) return chat.CustomerPresent ? GmsAnswer.Wrong(flaw, id) : GmsAnswer.WrongAndOver(flaw, id);
        if (asked is null) return chat.CustomerPresent ? null : GmsAnswer.Gone(id);
        var (key, badKey) = IdempotencyKey.Of(
            publish.Fields["idempotencyKey"] ?? "", GmsOperations.ContentOf(operation, publish.Fields));
        return badKey is not null
            ? GmsAnswer.Wrong(DoorError.Malformed(badKey.Message, "Correct idempotencyKey."), id)
            : GmsAnswer.Refused(await reception.Run(chat, asked, new Asked(Key: key)), id);
    }
}

/// <summary>On what a session is told what happens.</summary>
internal enum DeliveryOver
{
    Polls,
    WebSocket,
}
