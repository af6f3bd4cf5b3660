using System.Collections.Immutable;

namespace Parley.Contacts;

/// <summary>A customer as the contact centre knows it over all of its chats.</summary>
/// <remarks>Source: Web Services API Reference, "Complete" (<c>saveLAR</c>), "IdentifyUCSContact".</remarks>
public sealed record Contact
{
    /// <summary>A contact nobody has heard of.</summary>
    public static readonly Contact None = new();

    public ContactId Id { get; private init; }

    /// <summary>What is known of the contact, by the names that user data uses.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; private init; } = ContactDetails.Nothing;

    /// <summary>The agent whom the contact is to meet again; null while nobody asked for that.</summary>
    public LastAgent? LastAgent { get; private init; }

    public bool Exists => Id.Value is not null;

    /// <summary>Every change of state there is.</summary>
    public Contact Apply(ContactEvent e, Stamp stamp) => e switch
    {
        ContactCreated c => new() { Id = c.Contact, Attributes = c.Attributes },
        LastAgentKept k => this with { LastAgent = new(k.Agent, stamp.At) },
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "Not an event of a contact."),
    };
}

/// <summary>Who served a contact last, and asked to be remembered for it.</summary>
public readonly record struct LastAgent(AgentId Agent, DateTimeOffset At);

/// <summary>Something that became known of a contact. These are stored for ever.</summary>
public abstract record ContactEvent;

/// <summary>Somebody came whom nobody knew.</summary>
public sealed record ContactCreated(ContactId Contact, ImmutableSortedDictionary<string, string> Attributes) : ContactEvent;

/// <summary>An agent who served the contact is to be asked first next time.</summary>
public sealed record LastAgentKept(AgentId Agent) : ContactEvent;
