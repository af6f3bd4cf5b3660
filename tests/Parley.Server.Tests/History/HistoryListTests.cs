using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;
using Parley.Testing;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>RetrieveInteractionHistory and RetrieveContactHistory over the wire.</summary>
public sealed class HistoryListTests
{
    [Fact]
    [Covers("RetrieveInteractionHistory")]
    public async Task A_chat_is_listed_from_its_beginning_and_with_its_end_when_it_has_one()
    {
        var clock = new ManualTime();
        await using var archive = await Open(clock);
        using var customer = await archive.Begin(
            ("subject", "Invoice 4711"), ("emailAddress", "ada@example.test"), ("userData[Plan]", "Gold"));

        var running = await One(archive, """,  "customAttributes": ["Plan", "Nothing"]""");
        Assert.Equal("InProcess", $"{running["state"]}");
        Assert.Null(running["endDate"]);
        Assert.Equal("""{"Plan":"Gold"}""", running["customAttributes"]!.ToJsonString());
        clock.Advance(TimeSpan.FromSeconds(90));
        await archive.End(customer);

        var over = await One(archive);
        var contact = over["contactId"]!.GetValue<string>();
        Assert.Matches("^[0-9A-Za-z]{16}$", contact);
        var path = $"/interactions/{customer.ChatId}";
        Assert.Equal(
            new JsonObject
            {
                ["id"] = customer.ChatId,
                ["uri"] = $"{archive.Server.Address.AbsoluteUri.TrimEnd('/')}/api/v2{path}",
                ["path"] = path,
                ["mediaType"] = "Chat",
                ["typeId"] = "Inbound",
                ["state"] = "Stopped",
                ["startDate"] = "2026-11-20 09:00:00.000+0000",
                ["endDate"] = "2026-11-20 09:01:30.000+0000",
                ["subject"] = "Invoice 4711",
                ["contactId"] = contact,
                ["ownerInformation"] = new JsonObject
                {
                    ["id"] = await archive.Bob.ReadId(),
                    ["userName"] = "agent1",
                    ["firstName"] = over["ownerInformation"]!["firstName"]!.DeepClone(),
                    ["lastName"] = over["ownerInformation"]!["lastName"]!.DeepClone(),
                },
            }.ToJsonString(),
            over.ToJsonString());
    }

    [Fact]
    public async Task Chats_come_in_pages_newest_first_unless_asked_otherwise()
    {
        var clock = new ManualTime();
        await using var archive = await Open(clock);
        var chats = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            chats.Add(await archive.Past());
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(chats, await Find(archive.Cleo, ""","sort":"asc" """));
        chats.Reverse();
        Assert.Equal(chats, await Find(archive.Cleo));
        Assert.Equal(chats[..2], await Find(archive.Cleo, ""","maxSize":2"""));
        Assert.Equal(chats[2..4], await Find(archive.Cleo, ""","maxSize":"2","offset":2,"sort":"DESC" """));
        Assert.Equal(5, (await Ask(archive.Cleo, ""","maxSize":2""")).Succeeded().Body["totalCount"]!.GetValue<int>());
        Assert.Empty(await Find(archive.Cleo, ""","mediaType":"email" """));
        Assert.Equal(5, (await Find(archive.Cleo, ""","mediaType":"Chat","source":"main" """)).Length);
    }

    [Fact]
    [Covers("RetrieveContactHistory")]
    public async Task A_contacts_chats_are_for_every_agent_and_other_chats_for_those_who_took_part_and_supervisors()
    {
        await using var archive = await Open();
        var stranger = await archive.Past();
        var known = await archive.Past("hello", ("emailAddress", "ada@example.test"));
        var contact = await archive.ContactOf(known);

        Assert.Equal([known, stranger], await Find(archive.Bob));
        Assert.Equal([known, stranger], await Find(archive.Cleo));
        Assert.Equal([known, stranger], await Find(archive.Cleo, $",\"userId\":\"{await archive.Bob.ReadId()}\""));
        Assert.Empty(await Find(archive.Cleo, $",\"userId\":\"{await archive.Carol.ReadId()}\""));
        Assert.Empty(await Find(archive.Carol));
        Assert.Empty(await Find(archive.Carol, $",\"userId\":\"{await archive.Carol.ReadId()}\""));
        (await Ask(archive.Carol, $",\"userId\":\"{await archive.Bob.ReadId()}\"")).Refused(403, 5);

        Assert.Equal([known], await Find(archive.Carol, path: OfContact(contact)));
        Assert.Equal([known], await Find(archive.Carol, $",\"contactId\":\"{contact}\""));
        Assert.Equal([known], await Find(archive.Carol, $",\"userId\":\"{await archive.Bob.ReadId()}\"", OfContact(contact)));
        Assert.Empty(await Find(archive.Carol, $",\"userId\":\"{await archive.Carol.ReadId()}\"", OfContact(contact)));
        (await Ask(archive.Carol, path: OfContact("0000Da7H2KQ9005X"))).Refused(404, 6);
        (await Ask(archive.Carol, path: OfContact("..%2f"))).Refused(404, 6);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData(""","fromDate":"2026-11-21" """, 1)]
    [InlineData(""","toDate":"2026-11-20" """, 1)]
    [InlineData(""","fromDate":"2026-11-20","toDate":"2026-11-21" """, 2)]
    [InlineData(""","fromDate":"2026-11-20T09:00:00.000+0000","toDate":"2026-11-20 09:00:00.000Z" """, 1)]
    [InlineData(""","fromDate":"2026-11-20T09:00:00.001Z","toDate":"2026-11-20T23:59:59Z" """, 0)]
    [InlineData(""","fromDate":"2026-11-20T10:00:00.000+0100","toDate":"2026-11-20T10:00:00+01:00" """, 1)]
    [InlineData(""","fromDate":"2026-11-20T10:00:00.000+0200","toDate":"2026-11-20T10:00:00+02:00" """, 0)]
    [InlineData(""","fromDate":"2026-11-20T04:00:00-0500","toDate":"2026-11-20T09:00" """, 1)]
    [InlineData(""","toDate":"2026-11-19" """, 0)]
    [InlineData(""","fromDate":"1970-01-01","toDate":"9000-12-31" """, 2)]
    public async Task Chats_are_found_by_the_day_or_the_moment_at_which_they_began(string members, int expected)
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        await using var cleo = server.Supervisor(1);
        using var first = await server.Customer("Ada");
        clock.Advance(TimeSpan.FromDays(1));
        using var second = await server.Customer("Eve");

        Assert.Equal(expected, (await Find(cleo, members)).Length);
    }

    private static async Task<JsonObject> One(Archive archive, string members = "") =>
        Assert.Single((await Ask(archive.Cleo, members)).Succeeded().Body["interactions"]!.AsArray())!.AsObject();
}
