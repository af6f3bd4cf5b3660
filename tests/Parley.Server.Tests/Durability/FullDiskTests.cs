using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Durability;

/// <summary>A server whose disk is full for a while.</summary>
[Collection(nameof(KillTests))]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    /// <summary>Of texts that fill a disk before long.</summary>
    private const int Long = 3_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_and_is_over_when_there_is_room_again()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var disk = new ScarceDisk();
        await using var server = new ChildServer(Path.Combine(disk.Folder, "data"));
        await server.StartAsync(patience.Token);
        using var customer = await TalkingCustomer.BeginAsync(server.Url, patience.Token);
        using var agent = new WireClient(server.Url, "agent1:secret1");

        for (var i = 0; i < 20; i++) await customer.MustSayAsync(Long, patience.Token);
        disk.Fill(server);
        var refusal = await customer.SayUntilRefusedAsync(Long, patience.Token);
        Assert.Equal(1, refusal.Body.GetProperty("statusCode").GetInt32()); // "temporary, try again"
        Assert.Contains(disk.Complaint, await server.WhyNotReadyAsync(patience.Token));
        var asked = await agent.PostJsonAsync(
            "/api/v2/me",
            new JsonObject { ["operationName"] = "StartContactCenterSession", ["channels"] = new JsonArray("chat") },
            null, patience.Token);
        Assert.Equal(4, asked.Body.GetProperty("statusCode").GetInt32());
        Assert.NotEmpty(asked.Body.GetProperty("statusMessage").GetString()!);
        await customer.CheckAsync(patience.Token); // who reads is served

        disk.Free(server);
        while (await server.WhyNotReadyAsync(patience.Token) is not null) await Task.Delay(20, patience.Token);
        await customer.MustSayAsync(Long, patience.Token);
        await customer.CheckAsync(patience.Token);

        await server.KillAsync();
        await server.StartAsync(patience.Token);
        await customer.CheckAsync(patience.Token);
        output.WriteLine($"{customer.Said} texts, {customer.Acknowledged} acknowledged");
    }
}
