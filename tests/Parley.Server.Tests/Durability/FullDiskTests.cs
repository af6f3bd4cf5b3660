using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Durability;

/// <summary>A server whose disk is full for a while.</summary>
[Collection(nameof(KillTests))]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const string Door = "/genesys/2/chat/customer-support";
    private const int MostUntilFull = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_and_is_over_when_there_is_room_again()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var disk = new ScarceDisk();
        await using var server = new ChildServer(Path.Combine(disk.Folder, "data"));
        await server.StartAsync(patience.Token);
        using var customer = new WireClient(server.Url);
        using var agent = new WireClient(server.Url, "agent1:secret1");
        var chat = await BeginAsync(customer, patience.Token);

        for (var i = 0; i < 20; i++) Assert.Equal(Fate.Acknowledged, (await SayAsync(customer, chat, patience.Token)).Fate);
        disk.Fill(server);
        var refusal = await SayUntilRefusedAsync(customer, chat, patience.Token);
        Assert.Equal(1, refusal.Body.GetProperty("statusCode").GetInt32()); // "temporary, try again"
        Assert.Contains(disk.Complaint, await HealthAsync(server.Url));
        var asked = await agent.PostJsonAsync(
            "/api/v2/me",
            new JsonObject { ["operationName"] = "StartContactCenterSession", ["channels"] = new JsonArray("chat") },
            null, patience.Token);
        Assert.Equal(4, asked.Body.GetProperty("statusCode").GetInt32());
        Assert.NotEmpty(asked.Body.GetProperty("statusMessage").GetString()!);
        Assert.NotNull(await CustomerView.ReadAsync(customer, chat, patience.Token)); // who reads is served

        disk.Free(server);
        while (await HealthAsync(server.Url) is not null) await Task.Delay(20, patience.Token);
        Assert.Equal(Fate.Acknowledged, (await SayAsync(customer, chat, patience.Token)).Fate);
        await CheckAsync(customer, chat, patience.Token);

        await server.KillAsync();
        await server.StartAsync(patience.Token);
        await CheckAsync(customer, chat, patience.Token);
        output.WriteLine($"{chat.Texts().Count} texts, {chat.Texts().Count(text => text.Fate == Fate.Acknowledged)} acknowledged");
    }

    private static async Task<ChatRecord> BeginAsync(WireClient customer, CancellationToken cancel)
    {
        var form = new Dictionary<string, string> { ["nickname"] = "Ada", ["subject"] = "Parcel" };
        var created = await customer.PostFormAsync(Door, form, null, cancel);
        return new ChatRecord(created.Body.GetProperty("chatId").GetString()!)
        {
            SecureKey = created.Body.GetProperty("secureKey").GetString(),
        };
    }

    /// <summary>The first answer that was no success.</summary>
    private static async Task<Reply> SayUntilRefusedAsync(WireClient customer, ChatRecord chat, CancellationToken cancel)
    {
        for (var i = 0; i < MostUntilFull; i++)
        {
            var reply = await SayAsync(customer, chat, cancel);
            if (reply.Fate != Fate.Acknowledged) return reply;
        }
        throw new InvalidOperationException("The disk was never full.");
    }

    private static async Task<Reply> SayAsync(WireClient customer, ChatRecord chat, CancellationToken cancel)
    {
        var text = chat.AddSent("customer", $"{chat.Texts().Count} {new string('.', 3_000)}");
        var form = new Dictionary<string, string> { ["secureKey"] = chat.SecureKey!, ["message"] = text.Text };
        var reply = await customer.PostFormAsync($"{Door}/{chat.Id}/send", form, null, cancel);
        text.Fate = reply.Fate;
        return reply;
    }

    private static async Task CheckAsync(WireClient customer, ChatRecord chat, CancellationToken cancel)
    {
        var told = await CustomerView.ReadAsync(customer, chat, cancel);
        Assert.NotNull(told);
        Assert.Empty(StoryChecker.Faults(chat, told));
    }

    /// <summary>Why the server is not ready; null if it is.</summary>
    private static async Task<string?> HealthAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.GetAsync("/health/ready");
        var body = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
        return answer.StatusCode == HttpStatusCode.OK ? null : body.GetProperty("statusMessage").GetString()!;
    }
}
