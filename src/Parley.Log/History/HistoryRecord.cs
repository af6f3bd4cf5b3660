using System.Collections.Immutable;

namespace Parley.Log.History;

/// <summary>What is kept of a chat to be listed: its particulars, not what was said in it.</summary>
/// <param name="Chat">The chat's id.</param>
/// <param name="Service">The chat service through whose door the customer came.</param>
/// <param name="StartedAt">When the customer asked for the chat.</param>
/// <param name="UserData">What is kept with the chat.</param>
/// <remarks>
/// <c>{"chat":"0007Qa4KX9TM002C","service":"customer-support","startedAt":"…","userData":{"Subject":"Invoice
/// 4711"},"endedAt":"…",
/// "contact":"0000Da7H2KQ9005X","owner":"7c1e…","agents":["7c1e…"],"queues":["Support"],"disposition":"Solved"}</c>.
/// </remarks>
public sealed record HistoryRecord(
    ChatId Chat, string Service, DateTimeOffset StartedAt, ImmutableSortedDictionary<string, DataValue> UserData)
{
    /// <summary>Under what name doors keep what a chat is about.</summary>
    private const string SubjectKey = "Subject";

    /// <summary>When the interaction was finished; null while it is not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whom the customer was known to be; null for a stranger.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>Whose work the chat is, or was last; null while it was nobody's.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>The agents who took part, as far as agents may know of each other, by joining.</summary>
    public ImmutableArray<AgentId> Agents { get; init; } = [];

    /// <summary>The queues in which the chat was, each once, in order.</summary>
    public ImmutableArray<QueueName> Queues { get; init; } = [];

    /// <summary>The last disposition that was set; null for none.</summary>
    public string? Disposition { get; init; }

    /// <summary>What the chat is about; null if nobody said.</summary>
    public string? Subject =>
        UserData.TryGetValue(SubjectKey, out var subject) && subject.Kind == DataKind.Text ? subject.Written : null;

    /// <summary>All by which the chat can be found.</summary>
    public IEnumerable<Facet> Facets =>
    [
        .. Contact is { } contact ? [Facet.OfContact(contact)] : Array.Empty<Facet>(),
        .. Agents.Select(Facet.OfAgent),
        .. Queues.Select(Facet.OfQueue),
        .. Disposition is { } disposition ? [Facet.OfDisposition(disposition)] : Array.Empty<Facet>(),
        .. UserData.Select(pair => Facet.OfData(pair.Key, pair.Value.Written)),
    ];
}
