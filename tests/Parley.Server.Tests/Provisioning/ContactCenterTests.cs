using System.Text;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;

namespace Parley.Server.Tests.Provisioning;

public sealed class ContactCenterTests
{
    private static (ContactCenter? Center, IReadOnlyList<string> Errors) Read(string json) =>
        ContactCenterReader.Read(Encoding.UTF8.GetBytes(json), 1 << 18);

    [Fact]
    public void The_demonstration_has_the_promised_people_and_places()
    {
        var (center, errors) = ContactCenterReader.Read(ContactCenterReader.Resource(Demo.Resource), 1 << 18);
        Assert.Empty(errors);
        (string, string)[] promised =
            [
                ("agent1", "secret1"), ("agent2", "secret2"), ("agent3", "secret3"), ("supervisor1", "secret1"),
                ("supervisor2", "secret1"), ("admin", "secret1"),
            ];
        Assert.All(promised, p => Assert.True(Passwords.Verify(center!.Users.ByName(p.Item1)!.PasswordHash, p.Item2)));
        var support = center!.Services["customer-support"];
        Assert.Equal("Support", support.Queue.Name);
        Assert.Equal(
            ((string[])["agent1", "agent2", "agent3"]).Select(n => center.Users.ByName(n)!.Id).ToHashSet(),
            support.Queue.Agents.ToHashSet());
        Assert.Empty(center.Queues.ByName("PostProcessingQueue")!.Agents);
        Assert.Contains(Role.Supervisor, center.Users.ByName("supervisor1")!.Roles);
        Assert.Contains(Role.Admin, center.Users.ByName("admin")!.Roles);
        Assert.True(center.AgentStates.Count > 4);
        Assert.NotEmpty(center.Skills);
    }

    [Fact]
    public void What_the_file_leaves_out_has_defaults()
    {
        var center = Read(
            $$"""{ "name": "x", "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ] }""").Center!;
        var ana = center.Users.ByName("ANA")!;
        Assert.Equal(
            (true, 3, "ana", false), (ana.Enabled, ana.MaxConcurrentChats, ana.EmployeeId, ana.ChangePasswordOnFirstLogin));
        Assert.Equal([Role.Agent], ana.Roles);
        Assert.Same(ana, center.Users.ById(ana.Id));
        Assert.Equal(Feature.Known.Count, center.Features.Count);
    }

    [Fact]
    public void Ids_that_are_left_out_are_the_same_at_every_start_and_have_the_shape_of_their_kind()
    {
        var text = $$"""
            { "name": "x", "skills": [ { "name": "s" } ], "groups": [ { "name": "s" } ], "queues": [ { "name": "s" } ],
              "agentStates": [ { "displayName": "L", "operationName": "s" } ],
              "users": [ { "userName": "s", "passwordHash": "{{TestCenter.Hash}}" } ] }
            """;
        string[] Ids(ContactCenter c) =>
            [c.Id, c.Skills[0].Id, c.Groups[0].Id, c.Queues[0].Id, c.AgentStates[2].Id, c.Users[0].Id.Value];
        var ids = Ids(Read(text).Center!);
        Assert.Equal(ids, Ids(Read(text).Center!));
        Assert.Equal(6, ids.Distinct().Count());
        const string Guid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        Assert.Matches($"^{Guid}$", ids[1]);
        Assert.Matches($"^2-{Guid}$", ids[2]);
        Assert.Matches("^[0-9a-f]{32}$", ids[5]);
        // chosen once, never to change: chats in the log name users by these
        Assert.Equal("954823626c556375821ea1458534cae9", StableIds.Hex("user", "agent1"));
    }

    [Fact]
    public void All_that_does_not_fit_the_shape_is_reported_at_once_with_its_path()
    {
        var (center, errors) = Read("""
            { "users": [ { "userName": "a:b", "passwordHash": 5, "roles": ["boss"] }, { "id": "XYZ", "userName": "x", "passwordHash": "h", "colour": "red" } ],
              "queues": {}, "maxConcurrentChats": 0, "bogus": true,
              "settings": { "s": { "k": 1 } }, "skills": [ { "name": "" } ] }
            """);
        Assert.Null(center);
        Assert.Equal(
            [
                "name: is required.",
                "users[0].userName: does not fit",
                "users[0].passwordHash: must be a text.",
                "users[0].roles[0]: must be one of agent, supervisor, admin, apiuser.",
                "users[1].id: does not fit",
                "users[1].colour: is not known here.",
                "queues: must be a list.",
                "maxConcurrentChats: is less than 1.",
                "bogus: is not known here.",
                "settings.s.k: must be a text.",
                "skills[0].name: must not be empty.",
            ],
            errors.Select(e => e.Contains("does not fit", StringComparison.Ordinal)
                ? e[..(e.IndexOf("fit", StringComparison.Ordinal) + 3)]
                : e));
    }

    [Fact]
    public void All_broken_rules_are_reported_at_once_with_their_path()
    {
        var (center, errors) = Read($$"""
            { "name": "x", "features": ["api-multimedia", "api-voice"],
              "agentStates": [ { "displayName": "R", "operationName": "Ready" },
                               { "displayName": "L", "operationName": "Lunch", "id": "9430250e-0a1b-421f-b372-f29e69366ded" },
                               { "displayName": "L", "operationName": "Lunch" } ],
              "skills": [ { "name": "s" }, { "name": "s", "id": "b7d1c0aa-0f3e-4f1b-9d5c-6f2a1e8b4c30" } ],
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" },
                         { "userName": "bob", "passwordHash": "secret1" },
                         { "userName": "ANA", "passwordHash": "{{TestCenter.Hash}}", "skills": [ { "name": "t" } ], "groups": ["g"] } ],
              "queues": [ { "name": "q", "agents": ["ana", "nobody"] } ],
              "services": [ { "name": "c", "queue": "Q",
                              "hours": { "timeZone": "Mars", "closedOn": ["2026-02-30"] },
                              "masking": { "patterns": ["(", "(?=4)", "4*", "4+"] } } ] }
            """);
        Assert.Null(center);
        Assert.Equal(
            [
                "users[2].userName: 'ANA' is taken by users[0].",
                "skills[1].name: 's' is taken by skills[0].",
                "agentStates[2].operationName: 'Lunch' is taken by agentStates[1].",
                "features[1]: 'api-voice' is not a feature of this server.",
                "agentStates[0].operationName: 'Ready' is an operation of its own.",
                "agentStates[1].id: '9430250e-0a1b-421f-b372-f29e69366ded' belongs to a state that every contact centre has.",
                "users[1].passwordHash: is not a hash as 'Parley.Server hash-password' prints it.",
                "users[2].groups[0]: 'g' is not the name of a group.",
                "users[2].skills[0].name: 't' is not the name of a skill.",
                "queues[0].agents[1]: 'nobody' is not the userName of a user.",
                "services[0].queue: 'Q' is not the name of a queue.",
                "services[0].hours.timeZone: 'Mars' is not a time zone such as 'Europe/Madrid'.",
                "services[0].hours.closedOn[0]: '2026-02-30' is not a date such as '2026-12-25'.",
                "services[0].masking.patterns[0]: is not a regular expression.",
                "services[0].masking.patterns[1]: must not look ahead, behind or back, which takes too long on long texts.",
                "services[0].masking.patterns[2]: matches where there is nothing.",
            ],
            errors);
        Assert.DoesNotContain(errors, e => e.Contains("secret1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"name\": ")]
    [InlineData("[]")]
    [InlineData("{ \"name\": \"\\ud800\" }")]
    public void A_file_that_is_not_a_JSON_object_is_one_error(string text) => Assert.Single(Read(text).Errors);
}
