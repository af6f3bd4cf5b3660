using System.Threading.RateLimiting;

namespace Parley.Server.Customers;

/// <summary>How much one address, or one chat, may ask of the doors in a minute.</summary>
internal sealed class CustomerLimits(CustomersOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> creates = PerMinute(options.CreatesPerMinute);
    private readonly PartitionedRateLimiter<string> requests = PerMinute(options.RequestsPerMinute);
    private readonly PartitionedRateLimiter<string> looks = PerMinute(options.RequestsPerMinute);
    private readonly PartitionedRateLimiter<string> wrongKeys = PerMinute(options.WrongKeysPerMinute);

    private readonly PartitionedRateLimiter<string> filesAheadOfKey = PerMinute(options.FilesAheadOfKeyPerMinute);

    public bool AllowsCreate(Caller caller) => Take(creates, caller.Address);

    public bool AllowsRequest(ChatId chat) => Take(requests, chat.Value);

    /// <summary>Whether the address may ask for the availability of a service.</summary>
    public bool AllowsLook(Caller caller) => Take(looks, caller.Address);

    /// <summary>Whether the address has not tried too many wrong keys.</summary>
    public bool AllowsAnother(Caller caller) =>
        wrongKeys.GetStatistics(caller.Address) is not { CurrentAvailablePermits: <= 0 };

    /// <summary>Counts a wrong key.</summary>
    public bool AllowsWrongKey(Caller caller) => Take(wrongKeys, caller.Address);

    /// <summary>
    /// Whether the address may send a file ahead of its key. Each counts, whether the key turns out right or never comes.
    /// </summary>
    public bool AllowsFileAheadOfKey(Caller caller) => AllowsAnother(caller) && Take(filesAheadOfKey, caller.Address);

    public void Dispose()
    {
        creates.Dispose();
        requests.Dispose();
        looks.Dispose();
        wrongKeys.Dispose();
        filesAheadOfKey.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> PerMinute(int count) => PartitionedRateLimiter.Create<string, string>(key =>
        count == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = count,
                TokensPerPeriod = Math.Max(1, count / 20),
                ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 / Math.Min(count, 20)),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
}
