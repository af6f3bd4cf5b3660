using System.ComponentModel.DataAnnotations;
using Parley.Chats;

namespace Parley.Server.Hosting;

/// <summary>
/// Section <c>Parley:Routing</c>: offers, and work whose agent does not answer or is gone. Times in milliseconds.
/// </summary>
internal sealed class RoutingOptions
{
    /// <summary>How long an agent has to answer an offer: 1 s to 24 h.</summary>
    [Range(1_000, 86_400_000)]
    public int OfferTimeoutMs { get; set; } = 30_000;

    /// <summary>How long an agent who declined a chat has peace from it when there is nobody else: up to 1 h.</summary>
    [Range(0, 3_600_000)]
    public int PauseAfterDeclineMs { get; set; } = 5_000;

    /// <summary>Sets an agent who let an offer time out NotReady, with the reason "No answer".</summary>
    public bool NotReadyOnInvitationTimeout { get; set; }

    /// <summary>
    /// Whether a chat whose customer left before anybody accepted is offered all the same, for after-chat work.
    /// </summary>
    public bool OfferAbandonedChats { get; set; }

    /// <summary>How long the work of an agent whose last connection is gone stays with the agent: 1 s to 1 h.</summary>
    [Range(1_000, 3_600_000)]
    public int DisappearanceGraceMs { get; set; } = 60_000;

    /// <summary>How long an agent who never opened notifications may go without any request: 1 s to 24 h.</summary>
    [Range(1_000, 86_400_000)]
    public int SilenceWithoutNotificationsMs { get; set; } = 1_800_000;

    internal Abandoned AbandonedOffers => OfferAbandonedChats ? Abandoned.StillOffered : Abandoned.Revoked;
    internal TimeSpan OfferTimeout => TimeSpan.FromMilliseconds(OfferTimeoutMs);
    internal TimeSpan PauseAfterDecline => TimeSpan.FromMilliseconds(PauseAfterDeclineMs);
    internal TimeSpan DisappearanceGrace => TimeSpan.FromMilliseconds(DisappearanceGraceMs);
    internal TimeSpan SilenceWithoutNotifications => TimeSpan.FromMilliseconds(SilenceWithoutNotificationsMs);
}
