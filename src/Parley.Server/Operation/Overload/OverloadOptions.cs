using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Operation.Overload;

/// <summary>
/// Section <c>Parley:Overload</c>: how busy the server may be. At a limit of new chats they are refused until the server is down
/// to 80 % of it.
/// </summary>
internal sealed class OverloadOptions : IValidatableObject
{
    /// <summary>Chats that wait in one queue; beyond that none can begin there. A queue may have a limit of its own.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPerQueue { get; set; } = 10_000;

    /// <summary>Requests under way beyond which no chat can begin; polls that are held and WebSockets do not count.</summary>
    [Range(10, 1_000_000)]
    public int BusyRequestsUnderWay { get; set; } = 1_000;

    /// <summary>The same of requests in a second; 0 for any number.</summary>
    [Range(0, 10_000_000)]
    public int BusyRequestsPerSecond { get; set; } = 20_000;

    /// <summary>Commands that wait to be stored beyond which no chat can begin.</summary>
    [Range(1, 1_000_000)]
    public int BusyWaitingAppends { get; set; } = 2_048;

    /// <summary>Requests under way; one more is refused, whoever's it is.</summary>
    [Range(10, 1_000_000)]
    public int MaxRequestsUnderWay { get; set; } = 5_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BusyRequestsUnderWay > MaxRequestsUnderWay)
            yield return new ValidationResult($"is more than {nameof(MaxRequestsUnderWay)}.", [nameof(BusyRequestsUnderWay)]);
    }
}
