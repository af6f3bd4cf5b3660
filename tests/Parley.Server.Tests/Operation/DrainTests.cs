using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parley.Server.Nodes;
using Parley.Server.Tests.Durability;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Operation;

/// <summary>A server that was asked to stop, before it does.</summary>
public sealed class DrainTests
{
    private readonly ManualTime clock = new();

    [Fact]
    public async Task It_is_not_ready_and_takes_requests_as_before_until_its_time_is_up()
    {
        await using var server = await Start("Parley:Node:DrainMs=5000");
        server.The<Drain>().StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(server.Address, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await Status(server.Address, "/health/live"));
        await using (var agent = new AgentClient(server.Address, "agent1", "secret1"))
        {
            await agent.SignIn();
            await agent.GoReady();
            using var customer = await CustomerClient.Ask(server.Address, "Ada");
            await agent.AcceptNext();
        }

        clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(IsStopping(server));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(IsStopping(server));
    }

    [Fact]
    public async Task Asked_twice_it_stops_at_once()
    {
        await using var server = await Start("Parley:Node:DrainMs=5000");
        server.The<Drain>().StopApplication();
        Assert.False(IsStopping(server));

        server.The<Drain>().StopApplication();
        Assert.True(IsStopping(server));
    }

    [Fact]
    public async Task Without_the_setting_it_stops_at_once()
    {
        await using var server = await Start();

        server.The<Drain>().StopApplication();

        Assert.True(IsStopping(server));
    }

    [Fact]
    public async Task A_signal_is_how_it_is_asked()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = new ChildServer(null, "--Parley:Node:DrainMs=600000");
        await server.StartAsync(patience.Token);

        await server.TerminateAsync();
        await Eventually.True(async () => await Status(server.Url, "/health/ready") == HttpStatusCode.ServiceUnavailable);
        using var customer = await CustomerClient.Ask(server.Url, "Ada");
        await customer.Say("still there");

        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync(patience.Token));
    }

    private Task<StartedServer> Start(params string[] settings) => StartedServer.Start(
        null, b => b.Services.AddSingleton<TimeProvider>(clock),
        [.. TestSettings.WithoutRateLimits.Select(s => s[2..]), .. settings]);

    private static bool IsStopping(StartedServer server) =>
        server.The<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static async Task<HttpStatusCode> Status(Uri server, string path)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
