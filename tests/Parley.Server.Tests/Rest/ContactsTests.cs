using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

/// <summary>The directory of those whom an agent can turn to.</summary>
public sealed class ContactsTests(SharedTeam shared) : IClassFixture<SharedTeam>
{
    // of the demonstration's agents
    private const int Capacity = 3;

    private readonly Team team = shared.Team;

    [Fact]
    public async Task The_directory_has_the_published_shape()
    {
        await using var small = await StartedServer.Start(
            $$"""
            { "name": "Small",
              "users": [ { "id": "{{Team.Jun}}", "userName": "jkim", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Jun",
                           "lastName": "Kim", "emailAddress": "jkim@example.org" } ],
              "queues": [ { "id": "1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3", "name": "Billing" } ] }
            """,
            null, "Parley:Rest:ExternalBaseUrl=https://desk.example.org");
        await using var jun = new AgentClient(small.Address, "jkim", TestCenter.Password);
        await jun.SignIn();
        (await jun.Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();

        Assert.Equal(
            """
            {"statusCode":0,"totalCount":2,"contacts":[
            {"id":"90d2b4c6a1e84f57b3c0d9e8f7a61524","name":"jkim","type":"User",
            "userName":"jkim","firstName":"Jun","lastName":"Kim","employeeId":"jkim","emailAddress":"jkim@example.org",
            "availability":{"channels":[{"channel":"chat","available":true,
            "userState":{"id":"9430250E-0A1B-421F-B372-F29E69366DED","displayName":"Ready","state":"Ready"}}]},
            "businessUnits":[],"roles":["ROLE_AGENT"],
            "uri":"https://desk.example.org/api/v2/contacts/90d2b4c6a1e84f57b3c0d9e8f7a61524",
            "path":"/contacts/90d2b4c6a1e84f57b3c0d9e8f7a61524"},
            {"id":"1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3","name":"Billing","type":"Queue",
            "uri":"https://desk.example.org/api/v2/contacts/1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3",
            "path":"/contacts/1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3"}]}
            """.ReplaceLineEndings(""),
            (await jun.Get("/api/v2/contacts")).Body.ToJsonString());
    }

    [Theory]
    [InlineData("", "mlopez jkim dlead sstray root Billing Support")]
    [InlineData("?_=1795178400000", "mlopez jkim dlead sstray root Billing Support")]
    [InlineData("?name=", "mlopez jkim dlead sstray root Billing Support")]
    [InlineData("?name=jkim", "jkim")]
    [InlineData("?name=Billing,%20jkim,nobody", "jkim Billing")]
    [InlineData("?name=JKIM", "")]
    [InlineData("?name=Jun", "")]
    [InlineData("?name=jkim&name=root", "jkim root")]
    [InlineData("?name=gone,crm", "")]
    [InlineData("?type=Queue", "Billing Support")]
    [InlineData("?type=User", "mlopez jkim dlead sstray root")]
    [InlineData("?type=User,Queue", "mlopez jkim dlead sstray root Billing Support")]
    [InlineData("?type=Custom", "")]
    [InlineData("?phoneNumber=*", "")]
    [InlineData("?phoneNumber=15000", "")]
    [InlineData("?channel=chat", "mlopez Billing Support")]
    [InlineData("?channel=voice", "")]
    [InlineData("?channel=voice,chat&type=User", "mlopez")]
    [InlineData("?channel=*&type=User", "mlopez")]
    [InlineData("?roles=ROLE_SUPERVISOR", "dlead sstray")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=l*", "mlopez dlead")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=L*,m*", "mlopez")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=*up*", "Support")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=bill*ing", "Billing")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=bil", "")]
    [InlineData("?filterName=NamesOrPhoneNumberMatches&filterParameters=*i*,*n*&type=Queue", "Billing")]
    [InlineData("?filterParameters=l*", "mlopez jkim dlead sstray root Billing Support")]
    [InlineData("?sortBy=name", "Billing dlead jkim mlopez root sstray Support")]
    [InlineData("?sortBy=type,firstName&type=User", "root dlead jkim mlopez sstray")]
    [InlineData("?sortBy=lastName", "root jkim dlead mlopez sstray Billing Support")]
    [InlineData("?sortBy=bogus,name&type=Queue", "Billing Support")]
    public async Task The_filters_choose_among_the_entries(string query, string names)
    {
        var body = (await team.Of("jkim").Get("/api/v2/contacts" + query)).Succeeded().Body;
        Assert.Equal(names, string.Join(' ', body["contacts"]!.AsArray().Select(c => c!["name"]!.GetValue<string>())));
        Assert.Equal(body["contacts"]!.AsArray().Count, body["totalCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("?limit=2", 7, "mlopez jkim")]
    [InlineData("?limit=2&offset=5", 7, "Billing Support")]
    [InlineData("?offset=6", 7, "Support")]
    [InlineData("?limit=9&offset=9", 7, "")]
    [InlineData("?limit=0", 7, "")]
    [InlineData("?limit=1&offset=1&sortBy=name&type=Queue", 2, "Support")]
    public async Task A_page_says_how_many_entries_there_are_on_all_of_them(string query, int total, string names)
    {
        var body = (await team.Of("jkim").Get("/api/v2/contacts" + query)).Succeeded().Body;
        Assert.Equal(total, body["totalCount"]!.GetValue<int>());
        Assert.Equal(names, string.Join(' ', body["contacts"]!.AsArray().Select(c => c!["name"]!.GetValue<string>())));
    }

    [Fact]
    public async Task An_answer_has_no_more_entries_than_the_setting_allows()
    {
        await using var other = await Team.Start("", "Parley:Rest:MaxPageSize=3");
        foreach (var query in (string[])["", "?limit=100"])
        {
            var body = (await other.Of("jkim").Get("/api/v2/contacts" + query)).Body;
            Assert.Equal((3, 7), (body["contacts"]!.AsArray().Count, body["totalCount"]!.GetValue<int>()));
        }
        var uris = (await other.Of("root").Get("/api/v2/users")).Body;
        Assert.Equal((3, 7), (uris["uris"]!.AsArray().Count, uris["totalCount"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("?limit=-1", 2)]
    [InlineData("?limit=ten", 2)]
    [InlineData("?offset=99999999999", 2)]
    [InlineData("?filterName=Other&filterParameters=a", 10)]
    [InlineData("?filterName=NamesOrPhoneNumberMatches", 1)]
    public async Task A_malformed_request_is_refused(string query, int code) =>
        (await team.Of("jkim").Get("/api/v2/contacts" + query)).Refused(400, code);

    [Fact]
    public async Task One_entry_is_read_by_the_id_of_its_user_or_queue()
    {
        var jun = team.Of("jkim");
        JsonPattern.Parse(
            $$"""
            {"statusCode":0,"contact":{"id":"{{Team.Jun}}","name":"jkim","type":"User","userName":"jkim",
             "firstName":"Jun","lastName":"Kim","employeeId":"jkim","emailAddress":"jkim@example.org",
             "businessUnits":[{"id":"2-1e8a4b4f-4c2d-4e1f-8b66-8b2a1d3c5f77","name":"Support","type":"BusinessUnit",
               "contains":["users","skills","queues"],"uri":…,"path":"/groups/2-1e8a4b4f-4c2d-4e1f-8b66-8b2a1d3c5f77"}],
             "roles":["ROLE_AGENT"],"uri":"https://desk.example.org/api/v2/contacts/{{Team.Jun}}",
             "path":"/contacts/{{Team.Jun}}"} }
            """).Check((await jun.Get($"/api/v2/contacts/{Team.Jun}")).Body, "a user");
        JsonPattern.Parse(
            """
            {"statusCode":0,"contact":{"id":"1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3","name":"Billing","type":"Queue",
             "uri":…,"path":"/contacts/1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3"}}
            """).Check((await jun.Get("/api/v2/contacts/1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3")).Body, "a queue");
        var crm = (await team.Of("crm").Get("/api/v2/me")).Body["user"]!["id"];
        (await jun.Get($"/api/v2/contacts/{crm}")).Refused(404, 6);
        (await jun.Get("/api/v2/contacts/none")).Refused(404, 6);
        JsonPattern.Parse("""{"statusCode":0,"contact":{"id":…,"firstName":"Jun","uri":…}}""")
            .Check((await jun.Get($"/api/v2/contacts/{Team.Jun}?fields=firstName")).Body, "some fields");
    }

    [Fact]
    public async Task Available_is_who_is_ready_undisturbed_and_below_capacity_and_who_is_logged_out_lacks_it()
    {
        await using var server = await RunningServer.Start();
        await using var bob = server.Agent(1);
        var path = $"/api/v2/contacts/{await bob.ReadId()}";
        async Task<string> Available() =>
            (await bob.Get(path)).Body["contact"]!["availability"]?["channels"]![0]!["available"]!.ToJsonString() ?? "absent";
        Task Do(string operation) => bob.Post("/api/v2/me", $$"""{"operationName":"{{operation}}"}""");

        Assert.Equal("absent", await Available());
        await bob.SignIn();
        Assert.Equal("false", await Available());
        await Do("Ready");
        var customers = new List<CustomerClient>();
        for (var chats = 0; chats < Capacity; chats++)
        {
            Assert.Equal("true", await Available());
            customers.Add(await server.Customer("Ada"));
            await bob.AcceptNext();
        }
        Assert.Equal("false", await Available());
        (await bob.Do(customers[0].ChatId, "Complete")).Succeeded();
        Assert.Equal("true", await Available());
        customers.ForEach(customer => customer.Dispose());
        await Do("DoNotDisturbOn");
        Assert.Equal("false", await Available());
        await Do("Offline");
        Assert.Equal("absent", await Available());
        await Do("EndContactCenterSession");
        Assert.Equal("absent", await Available());
    }

    [Fact]
    public async Task Who_only_advises_a_colleague_is_available_all_the_same()
    {
        await using var own = await Team.Start();
        var marta = await own.AtWork("mlopez");
        await marta.GoReady();
        using var customer = await own.Customer();
        var chat = await marta.AcceptNext();
        var jun = await own.AtWork("jkim");
        await jun.GoReady();
        (await marta.Do(chat, "Consult", new() { ["targetPath"] = $"/contacts/{Team.Jun}" })).Succeeded();
        Assert.Equal(chat, await jun.NextOffer());

        var contact = (await marta.Get($"/api/v2/contacts/{Team.Jun}")).Body["contact"]!;
        Assert.True(contact["availability"]!["channels"]![0]!["available"]!.GetValue<bool>());
    }
}

/// <summary>A team that all tests of a class share; Marta alone is logged in.</summary>
public sealed class SharedTeam : IAsyncLifetime
{
    public Team Team { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Team = await Team.Start();
        await Team.AtWork("mlopez");
    }

    public ValueTask DisposeAsync() => Team.DisposeAsync();
}
