using System.Text.Json.Nodes;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>What chats are found by beside their time.</summary>
public sealed class HistorySearchTests
{
    [Fact]
    public async Task Chats_are_found_by_what_was_said_in_them_from_the_moment_it_was_said()
    {
        await using var archive = await Open();
        var past = await archive.Past("My invoice was paid twice", ("subject", "Money back"));
        using var running = await archive.Begin();
        await running.Say("where is my parcel?");

        Assert.Equal([running.ChatId], await Search(archive, "parcel"));
        (await archive.Bob.Do(running.ChatId, "SendMessage", new JsonObject { ["text"] = "It has been lost" })).Succeeded();
        Assert.Equal([running.ChatId], await Search(archive, "LOST parcel"));
        Assert.Equal([past], await Search(archive, "\"paid twice\" inv*"));
        Assert.Equal([past], await Search(archive, "money"));
        Assert.Equal([running.ChatId, past], await Search(archive, "my"));
        Assert.Empty(await Search(archive, "parcel invoice"));
        Assert.Empty(await Search(archive, "\"twice paid\""));
    }

    [Fact]
    public async Task Chats_are_found_by_queue_disposition_and_user_data()
    {
        await using var archive = await Open();
        using var gold = await archive.Begin(("userData[Plan]", "Gold"));
        (await archive.Bob.Do(gold.ChatId, "SetDisposition", new JsonObject { ["disposition"] = "Solved" })).Succeeded();
        await archive.End(gold);
        var silver = await archive.Past("hello", ("userData[Plan]", "Silver"), ("userData[Age]", "7"));

        Assert.Equal([gold.ChatId], await Find(archive.Cleo, ""","disposition":"Solved" """));
        Assert.Empty(await Find(archive.Cleo, ""","disposition":"Open" """));
        Assert.Equal([silver, gold.ChatId], await Find(archive.Cleo, ""","queue":"Support" """));
        Assert.Empty(await Find(archive.Cleo, ""","queue":"Sales" """));
        Assert.Equal([silver], await Find(archive.Cleo, ""","searchCustomAttributes":{"Plan":"Silver","Age":7}"""));
        Assert.Empty(await Find(archive.Cleo, ""","searchCustomAttributes":{"Plan":"Silver","Age":8}"""));
        Assert.Empty(await Find(archive.Cleo, ""","searchCustomAttributes":{"Plan":"silver"}"""));
    }

    [Fact]
    public async Task What_customers_only_typed_is_neither_found_nor_read_and_what_agents_say_to_each_other_is_for_agents()
    {
        await using var archive = await Open();
        await archive.Carol.SignIn();
        await archive.Carol.GoReady();
        using var customer = await archive.Begin(("emailAddress", "ada@example.test"));
        (await customer.Post("startTyping", ("message", "unsaid"))).Succeeded();
        await archive.Carol.HearsOut();
        archive.Carol.Inbox.TakeAll("/v2/me/chats");
        (await archive.Bob.Do(customer.ChatId, "Consult", new JsonObject
        {
            ["targetUri"] = $"/api/v2/users/{await archive.Carol.ReadId()}",
        })).Succeeded();
        (await archive.Carol.Do(await archive.Carol.NextOffer(), "Accept")).Succeeded();
        (await archive.Carol.Do(customer.ChatId, "SendToAgents", new JsonObject { ["text"] = "confidential" })).Succeeded();
        await archive.End(customer);

        Assert.Empty(await Search(archive, "unsaid"));
        Assert.Equal([customer.ChatId], await Search(archive, "confidential"));
        Assert.Equal([customer.ChatId], await Find(archive.Carol, ""","searchText":"confidential" """));
        var content = (await Ask(archive.Carol, path: $"{All}/{customer.ChatId}")).Succeeded().Body.ToJsonString();
        Assert.Contains("confidential", content, StringComparison.Ordinal);
        Assert.DoesNotContain("Typing", content, StringComparison.Ordinal);
        Assert.DoesNotContain("confidential", (await customer.ReadAll()).ToJsonString(), StringComparison.Ordinal);
    }

    private static Task<string[]> Search(Archive archive, string text) =>
        Find(archive.Cleo, $",\"searchText\":{JsonValue.Create(text)!.ToJsonString()}");
}
