using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Nodes;

/// <summary>Section <c>Parley:Node</c>: this process among others on the same database.</summary>
internal sealed class NodeOptions
{
    /// <summary>
    /// The node's name for a load balancer: who opens a CometD session here gets it as the cookie <c>PARLEY_NODE</c>. Empty
    /// for none.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_-]{0,32}", ErrorMessage = "must be at most 32 letters, digits, _ or -.")]
    public string Name { get; set; } = "";

    /// <summary>
    /// For how long a node has the work that one node does for all. After a node's death it rests for so long at most; each does
    /// it by itself if it is overdue by as much.
    /// </summary>
    [Range(1_000, 60_000)]
    public int ClaimMs { get; set; } = 3_000;

    /// <summary>How long a request waits for what other nodes have stored before it; then it is answered 503.</summary>
    [Range(100, 60_000)]
    public int MaxCatchUpMs { get; set; } = 5_000;

    /// <summary>How often the nodes tell each other whom they see: agents who listen, customers who ask.</summary>
    [Range(100, 60_000)]
    public int SightingsMs { get; set; } = 5_000;

    /// <summary>
    /// For how long a server that was asked to stop takes requests all the same and says at <c>/health/ready</c> that it is not
    /// ready: a little longer than a load balancer takes to notice. 0 where none asks.
    /// </summary>
    [Range(0, 600_000)]
    public int DrainMs { get; set; }

    public TimeSpan Claim => TimeSpan.FromMilliseconds(ClaimMs);

    public TimeSpan MaxCatchUp => TimeSpan.FromMilliseconds(MaxCatchUpMs);

    public TimeSpan Sightings => TimeSpan.FromMilliseconds(SightingsMs);

    public TimeSpan Drain => TimeSpan.FromMilliseconds(DrainMs);
}
