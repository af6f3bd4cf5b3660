using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Privacy;
using Parley.Server.Hosting;
using Parley.Server.Nodes;
using Parley.Server.Operation.Metrics;
using Parley.Server.Operation.Overload;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>What happens to a customer whichever door it came through: it gets a chat, comes back into it, acts in it.</summary>
/// <remarks>
/// A chat's id follows from its key, so that a wrong key, and a chat that there is not, are known as such before anything is
/// looked up: neither the answer nor its time tells which chats there are.
/// </remarks>
internal sealed class Reception(
    ChatHost chats, ContactCenter center, CustomerPresence presence, CustomerLimits limits, CustomersOptions options,
    NewChats newChats, Measures measures, Recognition recognition, RoutingOptions routing, Freshness freshness,
    TimeProvider time)
{
    private readonly Undelivered undelivered = new(time);

    /// <summary>Whether a chat with the service can begin now.</summary>
    public bool IsOpen(ChatService service) =>
        newChats.Reached(service.Queue) is null && service.Hours.AreOpenAt(time.GetUtcNow());

    /// <summary>Whether the caller brings a key where the service demands one.</summary>
    public static bool HasApiKey(ChatService service, Caller caller)
    {
        if (service.ApiKeys.Count == 0) return true;
        var sent = Encoding.UTF8.GetBytes(caller.ApiKey);
        // each is compared, so that the time does not tell which one was nearly right
        return service.ApiKeys.Aggregate(
            false, (found, key) => found | CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>Begins a chat; nobody waits for an agent.</summary>
    /// <param name="name">The name of the service as the customer gave it.</param>
    /// <param name="fields">What the customer said of itself.</param>
    /// <param name="door">Through which kind of door it came.</param>
    /// <param name="caller">Who asks.</param>
    public async Task<Admission> Admit(string name, DoorFields fields, Door door, Caller caller)
    {
        var admission = await Decide(name, fields, door, caller);
        measures.Asked(
            admission.Limit?.ToString() ?? admission.Refused?.Code.ToString(CultureInfo.InvariantCulture) ?? "Begun");
        return admission;
    }

    private async Task<Admission> Decide(string name, DoorFields fields, Door door, Caller caller)
    {
        if (center.ServiceOf(name) is not { } service) return Admission.Refuse(DoorError.ServiceUnknown);
        if (!HasApiKey(service, caller)) return Admission.Refuse(DoorError.KeyRequired);
        if (!limits.AllowsCreate(caller)) return Admission.Refuse(DoorError.CannotStart);
        if (!service.Hours.AreOpenAt(time.GetUtcNow())) return Admission.Refuse(DoorError.Closed);
        if (QueueFor(service, fields["endpoint"], door) is not { } queue) return Admission.Refuse(DoorError.EndpointUnknown);
        var key = CustomerKeys.NewKey(door);
        var chat = CustomerKeys.ChatIdOf(key);
        if (newChats.Enter(chat, queue) is { } limit) return Admission.Refuse(DoorError.CannotStart) with { Limit = limit };
        var admission = default(Admission);
        try
        {
            return admission = await Begin(chat, key, name, service, queue, fields, door);
        }
        finally
        {
            if (admission.Chat is null) newChats.Leave(chat);
        }
    }

    private async Task<Admission> Begin(
        ChatId chat, string key, string name, ChatService service, Queue queue, DoorFields fields, Door door)
    {
        var (introduction, wrong) = Introduction.From(fields, service, options);
        if (introduction is null) return Admission.Refuse(wrong!);
        Familiarity familiar;
        try
        {
            familiar = await recognition.Of(MaskedEvents.Of(introduction.UserData, service.Masking), service);
        }
        catch (LogUnavailableException)
        {
            return Admission.Refuse(DoorError.CannotStart);
        }
        var request = new RequestChat(
            chat, name, queue.QueueName, introduction.Nickname, CustomerKeys.Hash(key),
            CustomerKeys.NewUserId(), familiar.UserData, introduction.Text, door, introduction.Attendance,
            familiar.Contact, familiar.LastAgent, service.Greeting);
        var outcome = await chats.Execute(chat, request);
        return outcome.Refused is null
            ? new Admission(outcome.Chat, key, null)
            : Admission.Refuse(DoorError.CannotStart);
    }

    /// <summary>
    /// The chat that the key opens. Null with no error: there is none, or none any more, and nothing else may be told.
    /// </summary>
    /// <param name="service">The name of the service as the caller gave it; null where the key alone leads to the chat.</param>
    public async ValueTask<(Chat? Chat, DoorError? Refused)> Enter(
        ChatId id, string? key, Door door, Caller caller, string? service = null)
    {
        // keys of chats are not for trying without the key to the service
        if (service is not null && center.ServiceOf(service) is { } named && !HasApiKey(named, caller))
            return (null, DoorError.KeyRequired);
        if (key is null || CustomerKeys.ChatIdOf(key) != id) return Wrong();
        // whoever tried too many keys is looked up no more, but the right key of a running chat still opens it
        if (!limits.AllowsAnother(caller) && !chats.IsAtHand(id)) return (null, DoorError.TooManyRequests);
        await freshness.CatchUp();
        var chat = await chats.Find(id);
        if (!CustomerKeys.Opens(key, chat) || chat!.Door != door) return Wrong();
        if (!limits.AllowsRequest(chat.Id)) return (null, DoorError.TooManyRequests);
        if (center.ServiceOf(chat.Service) is { } own && !HasApiKey(own, caller)) return (null, DoorError.KeyRequired);
        if (chat.CustomerLeftAt is { } left && left + options.EndedChatReadable <= time.GetUtcNow()) return Wrong();
        presence.Note(chat.Id);
        return (chat, null);

        (Chat?, DoorError?) Wrong() => (null, limits.AllowsWrongKey(caller) ? null : DoorError.TooManyRequests);
    }

    /// <summary>
    /// What stands in the input box, as agents may see it: cut where it is too long, masked; null where they may not.
    /// </summary>
    public string? PreviewOf(Chat chat, string? text) =>
        text is not null && center.ServiceOf(chat.Service) is { ShowsTypingPreview: true } service
            ? service.Masking.Of(Cut(text, options.MaxMessageLength), Typed.StillGoingOn)
            : null;

    /// <summary>The beginning of a text, without half a character at its end.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>Runs what the customer wants.</summary>
    public Task<Outcome> Run(Chat chat, CustomerOperation operation, Asked asked = default) =>
        chats.Execute(chat.Id, operation, asked);

    /// <summary>
    /// The next part of the transcript for a customer who keeps no positions; of several requests at once each part goes to one.
    /// </summary>
    /// <param name="read">The entries that its door shows from an index on.</param>
    public async Task<(IReadOnlyList<Entry> Entries, bool IsEnd)> Deliver(Chat chat, Func<Chat, int, IEnumerable<Entry>> read)
    {
        while (undelivered.Next(chat, read) is { } delivery)
        {
            var outcome = await chats.Execute(chat.Id, delivery.Command, new Asked(Key: delivery.Key));
            // perhaps it is stored that this was given: whoever asks next is to get it
            if (outcome.Refused is { Reason: Reason.Unavailable or Reason.NotFound }) break;
            if (undelivered.Settle(chat.Id, delivery) && outcome.Refused is null)
                return (delivery.Of(outcome.Chat, read), delivery.IsEnd);
            chat = outcome.Chat;
        }
        return ([], false);
    }

    /// <summary>The customer leaves; to leave twice is to leave once.</summary>
    /// <returns>The chat afterwards; null when it cannot be stored now.</returns>
    public async Task<Chat?> Leave(Chat chat)
    {
        if (!chat.CustomerPresent) return chat;
        var outcome = await chats.Execute(chat.Id, new CustomerLeave(QuitReason.Left, routing.AbandonedOffers));
        return outcome.Refused is { Reason: Reason.Unavailable } ? null : outcome.Chat;
    }

    /// <summary>
    /// The queue that the customer gets, its own choice only where that is allowed; null for one that is not there.
    /// </summary>
    private Queue? QueueFor(ChatService service, string? endpoint, Door door) =>
        endpoint is null || !(service.AllowsEndpoint || door == Door.Gws) ? service.Queue : center.Queues.ByName(endpoint);
}

/// <summary>How a request for a chat ended.</summary>
/// <param name="Key">What lets the customer back in.</param>
/// <param name="Limit">The limit that is reached, where that is why it was refused.</param>
internal readonly record struct Admission(Chat? Chat, string Key, DoorError? Refused, Limit? Limit = null)
{
    public static Admission Refuse(DoorError error) => new(null, "", error);
}
