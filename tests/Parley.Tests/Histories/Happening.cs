namespace Parley.Tests.Histories;

/// <summary>One thing that happens in a contact centre, as it can be repeated in another.</summary>
/// <param name="What">For whoever has to understand a failure.</param>
/// <param name="By">Whose doing it is; null for customers, routing and the clock.</param>
/// <param name="Towards">Whom it is aimed at; null where it is not.</param>
internal sealed record Happening(string What, AgentId? By, AgentId? Towards, Func<SmallCenter, Rejection?> Run)
{
    public bool Concerns(AgentId agent) => By == agent || Towards == agent;

    public override string ToString() => What;
}
