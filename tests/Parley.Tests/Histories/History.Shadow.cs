using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing.Histories;

namespace Parley.Tests.Histories;

// somebody of whom others take no notice
internal sealed partial class History
{
    /// <summary>The shadow's own doings: none that anybody may notice who does not notice the shadow.</summary>
    private void ShadowActs(AgentId silent)
    {
        if (Center.Agents[silent] is not { InSession: true, Chats: var mine })
            Work(silent, Begin(silent));
        else if (!mine.IsEmpty && random.Next(4) > 0)
            Do(Pick(mine), silent, null, ShadowOperation(silent), StampOf(silent));
        else if (shadowRole != ChatRole.Consultant)
            Supervise(silent, shadowRole);
        else if (Center.Chats.Values.SelectMany(c => c.Serving.Select(p => (c.Id, p.Agent))).ToArray() is { Length: > 0 } busy)
            AskForAdvice(Pick(busy), silent);
    }

    private void AskForAdvice((ChatId Chat, AgentId By) asker, AgentId adviser) => Do(
        asker.Chat, asker.By, adviser,
        new Consult(asker.By, new TransferTarget.User(adviser), Center.Now.AddSeconds(30)), StampOf(asker.By));

    private AgentOperation ShadowOperation(AgentId silent) => random.Next(8) switch
    {
        0 => new Leave(silent, new Farewell($"Goodbye {Word}")),
        1 => new RequestChatHistory(silent),
        2 => Pick(Repertoire.Talk(silent, Word)),
        3 => Pick(Repertoire.Notes(silent, Word)),
        4 => new SendToAgents(silent, $"Among us: {Word}"),
        _ => new Accept(silent, Word),
    };
}
