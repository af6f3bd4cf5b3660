using Parley.Chats.Operations;
using Parley.Agents;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>Something that somebody does, on whichever node its request reaches.</summary>
internal sealed record Command(string Name, Func<Arena, Node, Task<Rejection?>> Run)
{
    /// <summary>An operation of the chat, or of another.</summary>
    public static Command On(ChatId chat, string name, Func<Arena, ChatOperation> operation) => new(
        name,
        async (arena, node) =>
        {
            var asked = operation(arena);
            var by = asked is AgentOperation { Agent: var agent } ? new Asked(agent) : default;
            return (await node.Chats.Execute(chat, asked, by)).Refused;
        });

    public static Command Of(string name, Func<Arena, ChatOperation> operation) => On(Arena.TheChat, name, operation);

    public static Command By(AgentId agent, string name, AgentSessionOperation operation) =>
        new(name, (_, node) => node.Agents.Execute(agent, operation, new Asked(agent)));

    public override string ToString() => Name;
}

/// <summary>Two who press their buttons at the same instant.</summary>
/// <param name="Afterwards">Whether each is still accepted when the other was first.</param>
internal sealed record Race(Preparation Preparation, Command One, Command Two, Afterwards Afterwards)
{
    public override string ToString() => $"{Preparation}: {One} against {Two}";
}

/// <summary>What becomes of who comes second.</summary>
public enum Afterwards
{
    /// <summary>Refused, whoever it is.</summary>
    Refused,

    /// <summary>Accepted, whoever it is.</summary>
    Accepted,

    /// <summary>Only the second command is refused when it comes second.</summary>
    TwoIsRefused,

    /// <summary>Only the first command is refused when it comes second.</summary>
    OneIsRefused,

    /// <summary>It depends on whether what follows by itself comes in between.</summary>
    Either,
}
