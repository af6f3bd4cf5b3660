using Parley.Simulator.Sizing;

namespace Parley.Simulator.Tests.Sizing;

public sealed class SizingTests
{
    /// <summary>Two chats at once, five minutes each: 24 an hour; 10 messages, 60 requests, 0.3 s of processor time.</summary>
    private static readonly Measured One = new(
        TimeSpan.FromMinutes(5), Concurrency: 2, MessagesPerChat: 10, RequestsPerChat: 60, PushedShare: 0.25,
        new CostPerChat(CpuSeconds: 0.3, new MemoryCost(Base: 100, PerChat: 0.05)));

    [Fact]
    public void A_row_follows_from_one_agent_and_one_chat()
    {
        Assert.Equal(24, One.ChatsPerAgentHour, 6);
        var row = SizingRow.Of(150, One);

        Assert.Equal((150, 3600d, 300d), (row.Agents, row.ChatsPerHour, row.ChatsAtOnce));
        Assert.Equal((10d, 60d, 225d), (row.MessagesPerSecond, row.RequestsPerSecond, row.BayeuxSessions));
        Assert.Equal(0.3, row.Cores!.Value, 6);
        Assert.Equal(115, row.Megabytes!.Value, 6);
    }

    [Fact]
    public void The_table_is_Markdown_with_a_row_for_10_to_1000_agents()
    {
        var lines = SizingTable.Of(One).TrimEnd().Split('\n');

        Assert.Equal(
            "| agents | chats/hour | chats at once | messages/s | requests/s | Bayeux sessions | CPU cores | memory, MB |",
            lines[0]);
        Assert.Equal("| 10 | 240 | 20 | 0.67 | 4 | 15 | 0.02 | 101 |", lines[2]);
        Assert.Equal("| 1,000 | 24,000 | 2,000 | 66.7 | 400 | 1,500 | 2 | 200 |", lines[^1]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public void What_the_server_does_not_say_is_left_out()
    {
        Assert.DoesNotContain("CPU", SizingTable.Of(One with { Cost = null }), StringComparison.Ordinal);
        var cores = SizingTable.Of(One with { Cost = new CostPerChat(0.3, null) });
        Assert.Contains("CPU", cores, StringComparison.Ordinal);
        Assert.DoesNotContain("memory", cores, StringComparison.Ordinal);
    }

    [Fact]
    public void The_warming_up_of_the_first_half_does_not_count_for_processor_time()
    {
        var cost = ServerCost.Of([new(0, 100, 0), new(8, 150, 100), new(9, 180, 200), new(10, 160, 300)])!;

        Assert.Equal(new ServerCost(0.01, 100, 180), cost);
        Assert.Equal(new CostPerChat(0.6, new MemoryCost(100, 0.8)), CostPerChat.Of(cost, 60, chats: 400, mostAtOnce: 100));
        Assert.Null(ServerCost.Of([new(0, 100, 0), new(8, 150, 100)]));
    }

    [Fact]
    public void Few_chats_say_nothing_of_what_a_chat_costs()
    {
        var cost = new ServerCost(0.01, 100, 180);

        Assert.Null(CostPerChat.Of(cost, 60, CostPerChat.FewestChats - 1, mostAtOnce: 9));
        Assert.Null(CostPerChat.Of(cost, 60, CostPerChat.FewestChats, CostPerChat.FewestChats - 1)!.Memory);
        Assert.NotNull(CostPerChat.Of(cost, 60, CostPerChat.FewestChats, CostPerChat.FewestChats)!.Memory);
    }

    [Fact]
    public void The_servers_metrics_are_read_as_Prometheus_reads_them()
    {
        const string Text = """
            # TYPE dotnet_process_cpu_time_seconds_total counter
            dotnet_process_cpu_time_seconds_total{cpu_mode="user"} 2.5
            dotnet_process_cpu_time_seconds_total{cpu_mode="system"} 0.5
            dotnet_process_cpu_time_seconds_total_of_something_else 7
            dotnet_process_memory_working_set_bytes 104857600
            """;

        Assert.Equal(new ServerReading(3, 100, 42), ServerMetrics.Parse(Text, 42));
        Assert.Null(ServerMetrics.Parse("up 1", 42));
    }
}
