namespace Parley.Bayeux;

/// <summary>One message of a client. Its memory belongs to the payload it was read from and is gone with it.</summary>
internal sealed class BayeuxMessage
{
    public const string Handshake = "/meta/handshake";
    public const string Connect = "/meta/connect";
    public const string Subscribe = "/meta/subscribe";
    public const string Unsubscribe = "/meta/unsubscribe";
    public const string Disconnect = "/meta/disconnect";

    /// <summary>The channel as text; null if absent or no string.</summary>
    public string? Channel { get; set; }

    /// <summary>True if there is a <c>channel</c> of whatever type.</summary>
    public bool HasChannel { get; set; }

    /// <summary>The channel as sent, quotes included, to be echoed; empty if it was no string.</summary>
    public ReadOnlyMemory<byte> ChannelJson { get; set; }

    /// <summary>The id as text; null if absent. Sent as a number it is that number's digits.</summary>
    public string? Id { get; set; }

    /// <summary>True if the id is of letters and digits, or absent.</summary>
    public bool HasLegalId { get; set; } = true;

    public string? ClientId { get; set; }

    /// <summary>The payload of a publish as raw JSON; empty if absent.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary><c>ext</c> as raw JSON; empty if absent.</summary>
    public ReadOnlyMemory<byte> Ext { get; set; }

    /// <summary><c>subscription</c> as raw JSON, to be read and echoed; empty if absent.</summary>
    public ReadOnlyMemory<byte> Subscription { get; set; }

    /// <summary>The client's own advice; null if it sent none.</summary>
    public RequestedAdvice? Advice { get; set; }

    /// <summary>What a handshake offers; null if it says nothing.</summary>
    public IReadOnlyList<string>? ConnectionTypes { get; set; }
}
