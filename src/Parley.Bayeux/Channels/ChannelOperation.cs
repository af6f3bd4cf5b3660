namespace Parley.Bayeux;

/// <summary>What a client wants to do with a channel.</summary>
public enum ChannelOperation
{
    /// <summary>Be the first to subscribe or publish.</summary>
    Create,

    /// <summary>Receive its events.</summary>
    Subscribe,

    /// <summary>Send events to it, or messages to a service.</summary>
    Publish,
}
