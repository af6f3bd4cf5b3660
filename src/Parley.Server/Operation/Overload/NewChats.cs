using Parley.Server.Operation.Health;
using Parley.Server.Provisioning;

namespace Parley.Server.Operation.Overload;

/// <summary>
/// Whether chats can begin: they are refused first, before those that are there suffer, and let in again when the server is down
/// to 80 % of the limit.
/// </summary>
internal sealed partial class NewChats(
    Occupancy occupancy, RequestLoad requests, CommandsUnderWay commands, OverloadOptions options, ILogger<NewChats> log)
{
    private readonly Lock gate = new();
    private Watermark underWay = new(options.BusyRequestsUnderWay);
    private Watermark perSecond = new(options.BusyRequestsPerSecond);
    private Watermark appends = new(options.BusyWaitingAppends);
    private Limit? busy;

    /// <summary>Why no chat can begin in the queue now; null if one can.</summary>
    public Limit? Reached(Queue queue) => Busy() ?? occupancy.Reached(queue);

    /// <summary>Lets a chat in that is about to begin, unless a limit is reached, which is the answer then.</summary>
    public Limit? Enter(ChatId chat, Queue queue) => Busy() ?? occupancy.Enter(chat, queue);

    /// <summary>The chat did not begin.</summary>
    public void Leave(ChatId chat) => occupancy.Leave(chat);

    private Limit? Busy()
    {
        lock (gate)
        {
            underWay = underWay.At(requests.UnderWay);
            perSecond = perSecond.At(requests.PerSecond);
            appends = appends.At(commands.Waiting);
            Limit? now = underWay.IsClosed ? Limit.RequestsUnderWay
                : perSecond.IsClosed ? Limit.RequestsPerSecond
                : appends.IsClosed ? Limit.WaitingAppends
                : null;
            if (now is { } limit && busy is null) Refusing(limit);
            else if (now is null && busy is not null) Accepting();
            return busy = now;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No chat can begin for now: {Limit} is reached")]
    private partial void Refusing(Limit limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chats can begin again")]
    private partial void Accepting();
}
