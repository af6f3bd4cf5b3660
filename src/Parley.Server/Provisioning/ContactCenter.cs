using System.Collections.Frozen;
using Parley.Privacy;

namespace Parley.Server.Provisioning;

/// <summary>The contact centre this server is: who works in it, with which queues, skills, states and features.</summary>
internal sealed record ContactCenter
{
    /// <summary>The service that customers get who name one that is not there.</summary>
    private const string CatchAll = "chat";

    public required string Id { get; init; }
    public required string Name { get; init; }
    public required GeneralSettings GeneralSettings { get; init; }
    public required Catalog<string, Feature> Features { get; init; }
    public required Catalog<string, AgentStateDefinition> AgentStates { get; init; }
    public required Catalog<string, BusinessAttribute> BusinessAttributes { get; init; }
    public required Catalog<string, Skill> Skills { get; init; }
    public required Catalog<string, Group> Groups { get; init; }

    /// <summary>All users; names are login names, compared without regard to case.</summary>
    public required Catalog<AgentId, User> Users { get; init; }

    public required Catalog<string, Queue> Queues { get; init; }

    /// <summary>The chat services that customers may name.</summary>
    public required FrozenDictionary<string, ChatService> Services { get; init; }

    /// <summary>The service of a name, or the one for all other names where there is one; null if there is none.</summary>
    public ChatService? ServiceOf(string name) => Services.GetValueOrDefault(name) ?? Services.GetValueOrDefault(CatchAll);

    /// <summary>
    /// What is masked in the chats of a service; where there is no such service any more, all that is masked in any.
    /// </summary>
    public Masking MaskingOf(string service) => ServiceOf(service)?.Masking ?? new Masking(
        Services.Values.Any(s => s.Masking.Cards), [.. Services.Values.SelectMany(s => s.Masking.Patterns)]);

    public bool Has(string feature) => Features.ById(feature) is not null;
}

/// <summary>Where the contact centre is, for clients that complete phone numbers.</summary>
internal sealed record GeneralSettings(string CountryCode, string CountryDigits, string CountryName);

/// <summary>A skill; its id is a GUID with dashes.</summary>
internal sealed record Skill(string Id, string Name) : INamed<string>;

/// <summary>A business unit; its id is <c>2-</c> and a GUID.</summary>
internal sealed record Group(string Id, string Name) : INamed<string>;

/// <summary>A place where chats wait for the agents who serve it; one that nobody serves just keeps them.</summary>
/// <param name="Id">A GUID with dashes.</param>
/// <param name="QueueName">The name that <c>queueName</c> carries.</param>
/// <param name="Priority">Higher goes first when an agent is free for several queues.</param>
/// <param name="Agents">Who serves it.</param>
/// <param name="MaxWaiting">Chats that may wait in it before no other can begin there; null for as many as in any.</param>
internal sealed record Queue(
    string Id, QueueName QueueName, int Priority, IReadOnlySet<AgentId> Agents, int? MaxWaiting = null) : INamed<string>
{
    public string Name => QueueName.Value;
}
