namespace Parley.Server.Provisioning;

/// <summary>What customers ask for by name: the queue they wait in, and how the chat is conducted.</summary>
internal sealed record ChatService(string Name, Queue Queue)
{
    /// <summary>Whether a customer may name another queue than this one.</summary>
    public bool AllowsEndpoint { get; init; }

    /// <summary>Refuses customers without a name; otherwise they are called Anonymous.</summary>
    public bool RequiresNames { get; init; }

    /// <summary>Whether agents see what customers type before it is sent.</summary>
    public bool ShowsTypingPreview { get; init; }

    /// <summary>The keys of which a request has to bring one; none are demanded if there are none.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>When the service is open.</summary>
    public OpeningHours Hours { get; init; } = OpeningHours.Always;
}
