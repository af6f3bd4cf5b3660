namespace Parley.Bayeux;

/// <summary>A decision about the operations on some channels, beside the policy's.</summary>
public interface IChannelAuthorizer
{
    /// <summary>Says what it thinks of one operation; messages behind it in the same payload wait for the answer.</summary>
    ValueTask<AuthorizerVerdict> Authorize(
        ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message);
}
