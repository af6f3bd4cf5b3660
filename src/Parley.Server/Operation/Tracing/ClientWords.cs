using System.Diagnostics;
using OpenTelemetry;

namespace Parley.Server.Operation.Tracing;

/// <summary>Takes from spans what clients may choose freely: names of channels but those of the protocol.</summary>
internal sealed class ClientWords : BaseProcessor<Activity>
{
    private const string Channel = "bayeux.channel";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Channel) is string channel && !channel.StartsWith("/meta/", StringComparison.Ordinal))
            data.SetTag(Channel, null);
    }
}
