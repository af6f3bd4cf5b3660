using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Parley.Bayeux;

/// <summary>What the host declares about channels: who listens to messages, who else decides, which are lazy.</summary>
/// <remarks>
/// Everything may be declared for a plain channel or for a pattern, at any time and from any thread; what is declared for a
/// pattern holds for all that it covers, widest first. A channel that has a declaration of its own exists, and needs no
/// permission to be created. Patterns outside <c>/service/</c> do not cover service channels, and nothing covers meta channels.
/// </remarks>
public sealed class BayeuxChannels
{
    private readonly Lock gate = new();
    private volatile FrozenDictionary<string, ChannelDeclaration> declared = FrozenDictionary<string, ChannelDeclaration>.Empty;

    internal BayeuxChannels()
    {
    }

    /// <summary>
    /// Has <paramref name="listener"/> see each message that clients publish there, before anybody receives it. What it answers
    /// decides: false deletes the message (<c>404::message_deleted</c>). A service channel exists because somebody listens to it.
    /// Disposing the result ends it.
    /// </summary>
    public IDisposable Listen(ChannelName channelOrPattern, Func<BayeuxMessage, ValueTask<bool>> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return Change(
            channelOrPattern,
            d => d with { Listeners = d.Listeners.Add(listener) },
            d => d with { Listeners = d.Listeners.Remove(listener) });
    }

    /// <summary>
    /// Has <paramref name="authorizer"/> decide beside the policy. Where there are any, at least one must grant and none deny.
    /// A subscription to a pattern is decided by those declared for it and for wider ones. Disposing the result ends it.
    /// </summary>
    public IDisposable Authorize(ChannelName channelOrPattern, IChannelAuthorizer authorizer)
    {
        ArgumentNullException.ThrowIfNull(authorizer);
        return Change(
            channelOrPattern,
            d => d with { Authorizers = d.Authorizers.Add(authorizer) },
            d => d with { Authorizers = d.Authorizers.Remove(authorizer) });
    }

    /// <summary>
    /// Makes events there content to wait up to <paramref name="atMost"/> (<see cref="BayeuxOptions.MaxLazyTimeout"/> if less)
    /// until something else is sent to their receiver: for presence and typing. What is declared for the narrowest name
    /// counts, and of that the latest. Disposing the result ends it.
    /// </summary>
    public IDisposable BeLazy(ChannelName channelOrPattern, TimeSpan atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, TimeSpan.Zero);
        return Change(
            channelOrPattern,
            d => d with { Patience = d.Patience.Add(atMost) },
            d => d with { Patience = d.Patience.Remove(atMost) });
    }

    /// <summary>Keeps events there from their own publishers. Disposing the result ends it.</summary>
    public IDisposable DoNotEcho(ChannelName channelOrPattern) =>
        Change(channelOrPattern, d => d with { Silences = d.Silences + 1 }, d => d with { Silences = d.Silences - 1 });

    internal IDisposable Hear(ChannelName channelOrPattern, Action<BayeuxEvent, LocalSession?> hear) =>
        Change(
            channelOrPattern,
            d => d with { Hearers = d.Hearers.Add(hear) },
            d => d with { Hearers = d.Hearers.Remove(hear) });

    /// <summary>Has the listeners see a message; false if one of them deleted it.</summary>
    internal async ValueTask<bool> Hear(ChannelName channel, BayeuxMessage message)
    {
        foreach (var declaration in Covering(channel))
        {
            foreach (var listener in declaration.Listeners)
            {
                if (!await listener(message)) return false;
            }
        }
        return true;
    }

    internal bool IsDeclared(ChannelName name) => declared.ContainsKey(name.Text);

    internal bool IsServed(ChannelName service) => Covering(service).Any(d => !d.Listeners.IsEmpty);

    /// <summary>The declarations that cover the name, widest first.</summary>
    internal IReadOnlyList<ChannelDeclaration> Covering(ChannelName name)
    {
        var all = declared;
        if (all.Count == 0) return [];

        List<ChannelDeclaration>? covering = null;
        foreach (var wider in name.Names())
        {
            if (all.TryGetValue(wider, out var declaration)) (covering ??= []).Add(declaration);
        }
        return covering ?? (IReadOnlyList<ChannelDeclaration>)[];
    }

    private Declared Change(
        ChannelName name, Func<ChannelDeclaration, ChannelDeclaration> declare,
        Func<ChannelDeclaration, ChannelDeclaration> revoke)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.IsMeta) throw new ArgumentException("Meta channels belong to the protocol; extensions see them.", nameof(name));
        Apply(name.Text, declare);
        return new Declared(() => Apply(name.Text, revoke));
    }

    private void Apply(string name, Func<ChannelDeclaration, ChannelDeclaration> change)
    {
        lock (gate)
        {
            var changed = change(declared.GetValueOrDefault(name) ?? ChannelDeclaration.None);
            var others = declared.Where(d => d.Key != name);
            declared = (changed == ChannelDeclaration.None ? others : others.Append(new(name, changed)))
                .ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    private sealed class Declared(Action revoke) : IDisposable
    {
        private Action? revoke = revoke;

        public void Dispose() => Interlocked.Exchange(ref revoke, null)?.Invoke();
    }
}
