using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Quirks;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>GetInteractionContent over the wire.</summary>
public sealed class HistoryContentTests
{
    [Fact]
    [Quirk(35)]
    [Covers("GetInteractionContent")]
    public async Task A_chat_that_is_over_is_read_as_it_was_told()
    {
        await using var archive = await Open();
        using var customer = await archive.Begin(("userData[Plan]", "Gold"));
        await customer.Say("hello");
        (await archive.Bob.Do(customer.ChatId, "SendMessage", new JsonObject { ["text"] = "good morning" })).Succeeded();
        var told = await archive.Bob.ReadMessages(customer.ChatId);
        var running = (await Ask(archive.Bob, path: $"{All}/{customer.ChatId}")).Succeeded().Body;
        await archive.End(customer);

        var past = (await Ask(archive.Bob, ""","customAttributes":["Plan"]""", $"{All}/{customer.ChatId}")).Succeeded().Body;

        Assert.Equal(told.ToJsonString(), running["messages"]!.ToJsonString());
        Assert.Equal(
            told.Select(m => m!.ToJsonString()), past["messages"]!.AsArray().Take(told.Count).Select(m => m!.ToJsonString()));
        Assert.Equal(("InProcess", "Stopped"), ($"{running["interaction"]!["state"]}", $"{past["interaction"]!["state"]}"));
        Assert.Equal("chat", $"{past["interaction"]!["mediaType"]}");
        Assert.Equal("Gold", $"{past["interaction"]!["customAttributes"]!["Plan"]}");
    }

    [Fact]
    public async Task A_strangers_chat_is_there_for_who_took_part_and_supervisors_a_contacts_for_every_agent()
    {
        await using var archive = await Open();
        var stranger = $"{All}/{await archive.Past()}";
        var known = $"{All}/{await archive.Past("hello", ("emailAddress", "ada@example.test"))}";

        (await Ask(archive.Bob, path: stranger)).Succeeded();
        (await Ask(archive.Cleo, path: stranger)).Succeeded();
        (await Ask(archive.Carol, path: stranger)).Refused(404, 6);
        (await Ask(archive.Carol, path: known)).Succeeded();
        (await Ask(archive.Cleo, path: $"{All}/0000Na0000NA0000")).Refused(404, 6);
        (await Ask(archive.Cleo, path: $"{All}/{new string('a', 5_000)}")).Refused(404, 6);
        (await Ask(archive.Cleo, path: $"{All}/..%2fagent")).Refused(404, 6);
    }
}
