namespace Parley.Bayeux;

/// <summary>Every error a reply can carry: <c>code:arguments:message</c>. Deployed clients match on these very strings.</summary>
internal static class BayeuxErrors
{
    /// <summary>The message has no <c>channel</c>.</summary>
    public const string ChannelMissing = "400::channel_missing";

    /// <summary>A publish has no <c>data</c>: its event would not be recognised as one.</summary>
    public const string DataMissing = "400::data_missing";

    /// <summary>No, an unknown, an ended or a foreign <c>clientId</c>.</summary>
    public const string SessionUnknown = "402::session_unknown";

    /// <summary>The message is authenticated as somebody other than the session's principal.</summary>
    public const string SessionForeign = "403:denied_by_security_policy:session_denied";

    /// <summary>The policy refused the handshake.</summary>
    public const string HandshakeDenied = "403::handshake_denied";

    /// <summary>The subscription was refused, or it names a meta channel; see <see cref="Denied"/>.</summary>
    public const string SubscribeDenied = "subscribe_denied";

    /// <summary>The subscription would create a channel, and that was refused; see <see cref="Denied"/>.</summary>
    public const string CreateDenied = "create_denied";

    /// <summary>The publish would create a channel, and that was refused; see <see cref="Denied"/>.</summary>
    public const string ChannelCreateDenied = "channel_create_denied";

    /// <summary>The publish was refused, or nobody serves the service channel; see <see cref="Denied"/>.</summary>
    public const string PublishDenied = "publish_denied";

    /// <summary>An extension or a listener deleted the message.</summary>
    public const string MessageDeleted = "404::message_deleted";

    /// <summary>Subscribe or unsubscribe without <c>subscription</c>, or with an empty list.</summary>
    public const string SubscriptionMissing = "403::subscription_missing";

    /// <summary><c>subscription</c> is neither a string nor a list of strings, or has an illegal name in it.</summary>
    public const string SubscriptionInvalid = "403::subscription_invalid";

    /// <summary>The session ended while it was subscribing.</summary>
    public const string SubscribeFailed = "403::subscribe_failed";

    /// <summary>The session ended while it was unsubscribing.</summary>
    public const string UnsubscribeFailed = "403::unsubscribe_failed";

    /// <summary>The session would have more subscriptions than allowed.</summary>
    public const string SubscriptionsTooMany = "403::subscriptions_too_many";

    /// <summary>The channel is no legal plain name.</summary>
    public const string ChannelInvalid = "405::channel_invalid";

    /// <summary>The <c>id</c> is not of 1 to 64 letters and digits.</summary>
    public const string MessageIdInvalid = "405::message_id_invalid";

    /// <summary>One publish is larger than allowed.</summary>
    public const string MessageTooLarge = "413::message_too_large";

    /// <summary>The session, or its principal, publishes or changes subscriptions faster than allowed.</summary>
    public const string TooManyMessages = "429::too_many_messages";

    /// <summary>The address handshakes more often than allowed.</summary>
    public const string TooManyHandshakes = "429::too_many_handshakes";

    /// <summary>The principal, the address or the server has as many sessions as allowed.</summary>
    public const string TooManySessions = "429::too_many_sessions";

    /// <summary>The client offers no connection type that is served here.</summary>
    public const string ConnectionTypesUnsupported = "301::connection_types_unsupported";

    /// <summary>The payload is not a JSON array of messages within the limits, or a handshake is not alone in it.</summary>
    public const string PayloadInvalid = "400::payload_invalid";

    /// <summary>The body is in another character set than UTF-8.</summary>
    public const string CharsetUnsupported = "415::charset_unsupported";

    /// <summary>The method or the kind of GET is not understood.</summary>
    public const string RequestInvalid = "400::request_invalid";

    /// <summary>A request or a WebSocket upgrade from an origin that is not allowed.</summary>
    public const string OriginDenied = "403::origin_denied";

    /// <summary>A bug or a broken dependency; the log knows more.</summary>
    public const string Internal = "500::internal_error";

    /// <summary>One of the refusals above with its reason.</summary>
    public static string Denied(string error, string reason) => $"403:{reason}:{error}";
}
