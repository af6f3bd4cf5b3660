namespace Parley.Server.Operation.Overload;

/// <summary>A limit that closes when the level reaches it, and opens again once the level has fallen to 80 % of it.</summary>
/// <param name="Limit">The level that closes; 0 for none.</param>
internal readonly record struct Watermark(long Limit, bool IsClosed = false)
{
    /// <summary>The highest level at which what is closed opens again.</summary>
    public long Reopening => (long)(Limit * 0.8m);

    /// <summary>What it is at this level.</summary>
    public Watermark At(long level) => this with { IsClosed = Limit > 0 && level > (IsClosed ? Reopening : Limit - 1) };
}
