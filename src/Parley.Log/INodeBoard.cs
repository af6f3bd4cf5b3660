using System.Security.Cryptography;

namespace Parley.Log;

/// <summary>
/// What nodes on one log tell each other beside it: who does the work that one does for all, and whom each has seen. None of
/// it is truth: when it is lost, work is done twice, for which stream versions care, or a little later.
/// </summary>
public interface INodeBoard
{
    /// <summary>The longest call, in bytes of UTF-8.</summary>
    const int MaxCallBytes = 7_900;

    /// <summary>A node has called something out; heard by all nodes, that one included. Hearers return at once.</summary>
    event Action<string>? Called;

    /// <summary>Calls something out; a node that is cut off just now does not hear it.</summary>
    /// <exception cref="LogUnavailableException">Nobody can be reached now.</exception>
    Task CallAsync(string words, CancellationToken cancel = default);

    /// <summary>Takes a work for so long, or keeps it; false while another node has it.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    Task<bool> ClaimAsync(string work, TimeSpan lease, CancellationToken cancel = default);

    /// <summary>Lets go of a work, so that another node has it at once.</summary>
    Task ReleaseAsync(string work, CancellationToken cancel = default);

    /// <summary>This node has seen these just now.</summary>
    Task SawAsync(IReadOnlyCollection<string> seen, CancellationToken cancel = default);

    /// <summary>How long ago another node was the last to see somebody; null if this node was, or nobody.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    Task<TimeSpan?> SeenElsewhereAsync(string who, CancellationToken cancel = default);

    /// <summary>Forgets whom nobody has seen for so long.</summary>
    Task ForgetSeenAsync(TimeSpan unseenFor, CancellationToken cancel = default);

    /// <summary>32 random bytes that all nodes share under a name, and that outlive them.</summary>
    /// <exception cref="LogUnavailableException">They cannot be known now.</exception>
    Task<byte[]> SecretAsync(string name, CancellationToken cancel = default);
}

/// <summary>The board of a process that has its log to itself.</summary>
public sealed class LoneNode : INodeBoard
{
    /// <inheritdoc/>
    public event Action<string>? Called;

    /// <inheritdoc/>
    public Task CallAsync(string words, CancellationToken cancel = default)
    {
        Called?.Invoke(words);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> ClaimAsync(string work, TimeSpan lease, CancellationToken cancel = default) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task ReleaseAsync(string work, CancellationToken cancel = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SawAsync(IReadOnlyCollection<string> seen, CancellationToken cancel = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TimeSpan?> SeenElsewhereAsync(string who, CancellationToken cancel = default) => Task.FromResult<TimeSpan?>(null);

    /// <inheritdoc/>
    public Task ForgetSeenAsync(TimeSpan unseenFor, CancellationToken cancel = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<byte[]> SecretAsync(string name, CancellationToken cancel = default) =>
        Task.FromResult(RandomNumberGenerator.GetBytes(32));
}
