namespace Parley.Simulator.Sizing;

/// <summary>What a simulation says of one chat and one agent; everything else is computed from it.</summary>
/// <param name="Handling">The mean time of a chat on an agent's desk, from Accept to Complete.</param>
/// <param name="Concurrency">The mean number of chats of an agent who had any.</param>
/// <param name="MessagesPerChat">Texts of both sides.</param>
/// <param name="RequestsPerChat">All requests of customers and agents, polls included, divided by the chats.</param>
/// <param name="PushedShare">The share of customers on CometD; the others poll.</param>
/// <param name="Cost">What the server used for a chat; null if that is not known.</param>
internal sealed record Measured(
    TimeSpan Handling, double Concurrency, double MessagesPerChat, double RequestsPerChat, double PushedShare, CostPerChat? Cost)
{
    /// <summary>How many chats an agent who always has some brings to an end in an hour.</summary>
    public double ChatsPerAgentHour => Handling > TimeSpan.Zero ? Concurrency * (TimeSpan.FromHours(1) / Handling) : 0;
}

/// <summary>What the server used for one chat.</summary>
/// <param name="CpuSeconds">Processor time for a whole chat.</param>
/// <param name="Memory">Memory; null if there were too few chats to say.</param>
internal sealed record CostPerChat(double CpuSeconds, MemoryCost? Memory)
{
    /// <summary>With fewer, what is seen is a server that warms up.</summary>
    public const int FewestChats = 50;

    /// <param name="chats">Chats with an agent, of the whole run.</param>
    /// <param name="mostAtOnce">The most of them at once.</param>
    public static CostPerChat? Of(ServerCost? cost, double requestsPerChat, long chats, int mostAtOnce) =>
        cost is null || chats < FewestChats ? null
        : new(cost.CpuSecondsPerRequest * requestsPerChat, MemoryCost.Of(cost, mostAtOnce));
}

/// <summary>Memory of the server.</summary>
/// <param name="Base">Megabytes without chats.</param>
/// <param name="PerChat">Megabytes for each chat at once.</param>
internal sealed record MemoryCost(double Base, double PerChat)
{
    public static MemoryCost? Of(ServerCost cost, int mostAtOnce) => mostAtOnce < CostPerChat.FewestChats ? null
        : new(cost.MegabytesBefore, (cost.MostMegabytes - cost.MegabytesBefore) / mostAtOnce);
}
