using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Operation.Health;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

public sealed class ResourcesTests(SharedDemo shared) : IClassFixture<SharedDemo>
{
    private readonly StartedServer server = shared.Started;

    private Task<Answer> Get(string path, string user = "agent1:secret1") => server.Get(path).As(user).Send();

    [Fact]
    public async Task Agent_states_are_an_array_with_the_constants_of_the_protocol()
    {
        var states = (await Get("/api/v2/settings/agent-states")).Json.GetProperty("settings").EnumerateArray()
            .ToDictionary(s => s.GetProperty("operationName").GetString()!);
        Assert.Equal(["Ready", "NotReady", "OutToLunch", "Break", "Training", "AfterCallWork", "Offline"], states.Keys);
        Assert.Equal("9430250E-0A1B-421F-B372-F29E69366DED", states["Ready"].GetProperty("id").GetString());
        Assert.Equal("900D55CC-2BB0-431F-8BF9-D3525B383BE6", states["NotReady"].GetProperty("id").GetString());
        Assert.Equal("0F7F5003-EF26-4D13-A6Ef-D0C7EC819BEB", states["Offline"].GetProperty("id").GetString());
        Assert.Equal("LoggedOut", states["Offline"].GetProperty("state").GetString());
        Assert.Equal("AfterCallWork", states["AfterCallWork"].GetProperty("workMode").GetString());
        Assert.Equal(("Out to Lunch", "Lunch", "NotReady"), (
            states["OutToLunch"].GetProperty("displayName").GetString(), states["OutToLunch"].GetProperty("reason").GetString(),
            states["OutToLunch"].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task General_settings_are_an_object_and_the_groups_are_listed()
    {
        Assert.Equal(
            "ES",
            (await Get("/api/v2/settings/general-settings")).Json.GetProperty("settings").GetProperty("countryCode").GetString());
        var groups = (await Get("/api/v2/settings?fields=*")).Json.GetProperty("settings");
        Assert.Equal(
            ["general-settings", "agent-states"], groups.EnumerateArray().Select(g => g.GetProperty("name").GetString()));
        Assert.Equal(6, (await Get("/api/v2/settings/none")).Code);
    }

    [Fact]
    public async Task Features_are_those_of_the_contact_centre_and_only_administrators_see_what_the_server_knows()
    {
        await using var other = await StartedServer.Start(TestCenter.Text(""" "features": ["api-multimedia-chat"], """), null);
        Task<Answer> Of(string path, string user) => other.Get(path).As($"{user}:{TestCenter.Password}").Send();

        var own = (await Of("/api/v2/features?fields=*", "ana")).Json.GetProperty("features");
        Assert.Equal(["api-multimedia-chat"], own.EnumerateArray().Select(f => f.GetProperty("id").GetString()));
        Assert.Equal("Multimedia Chat API", own[0].GetProperty("displayName").GetString());
        Assert.Equal(1, (await Of("/api/v2/me/features", "ana")).Json.GetProperty("uris").GetArrayLength());
        Assert.Equal(
            "api-multimedia-chat",
            (await Of("/api/v2/features/api-multimedia-chat", "ana")).Json.GetProperty("feature").GetProperty("id").GetString());
        Assert.Equal(6, (await Of("/api/v2/features/api-multimedia", "ana")).Code);

        var refused = await Of("/api/v2/system/features", "sue");
        Assert.Equal((HttpStatusCode.Forbidden, 5), (refused.Http, refused.Code));
        Assert.InRange((await Of("/api/v2/system/features", "root")).Json.GetProperty("uris").GetArrayLength(), 7, 100);
    }

    [Fact]
    public async Task Anybody_may_ask_which_server_this_is_and_whether_it_works()
    {
        var version = await server.Get("/api/v2/diagnostics/version").Send();
        Assert.StartsWith("8.5.2", version.Json.GetProperty("version").GetString());
        Assert.Equal(0, (await server.Get("/api/v2/diagnostics/ping").Send()).Code);
        Assert.Equal(0, (await server.Get("/api/v2/ping/").Send()).Code);
    }

    [Fact]
    public async Task A_part_that_cannot_work_makes_the_ping_503_and_code_4()
    {
        await using var ill = await StartedServer.Start(null, b => b.Services.AddSingleton<IHealth, FullDisk>());
        var answer = await ill.Get("/api/v2/ping").Send();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 4, "The disk is full."), (answer.Http, answer.Code, answer.Text));
    }

    private sealed class FullDisk : IHealth
    {
        public string Part => "disk";

        public Rejection? Problem() => new(Reason.Unavailable, "The disk is full.");
    }
}
