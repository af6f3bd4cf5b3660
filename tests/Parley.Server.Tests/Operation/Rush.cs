using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Operation.Overload;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Operation;

/// <summary>Customers who want to begin chats, and the server they come to, whose clock and log are the test's.</summary>
internal sealed class Rush : IAsyncDisposable
{
    /// <summary>The doors' error where a chat cannot begin now.</summary>
    public const int CannotStart = 240;

    private readonly List<CustomerClient> customers = [];
    private readonly StartedServer server;

    private Rush(StartedServer server, FragileLog log, ManualTime clock) =>
        (this.server, Log, Clock, Http) = (server, log, clock, new HttpClient { BaseAddress = server.Address });

    public FragileLog Log { get; }

    public ManualTime Clock { get; }

    public HttpClient Http { get; }

    public Uri Address => server.Address;

    /// <summary>Those who are in a chat, in the order in which they came.</summary>
    public IReadOnlyList<CustomerClient> Customers => customers;

    public static Task<Rush> Start(params string[] settings) => StartWith(null, settings);

    /// <summary>The same with a contact centre of the test's own.</summary>
    public static async Task<Rush> StartWith(string? center, params string[] settings)
    {
        var (log, clock) = (new FragileLog(), new ManualTime());
        var server = await StartedServer.Start(
            center,
            builder => builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IEventLog>(log),
            [.. TestSettings.WithoutRateLimits.Select(s => s[2..]), .. settings]);
        return new Rush(server, log, clock);
    }

    /// <summary>A part of the server.</summary>
    public T The<T>()
        where T : notnull => server.The<T>();

    /// <summary>So many more customers begin chats.</summary>
    public async Task Fill(int count)
    {
        for (var i = 0; i < count; i++) customers.Add(await CustomerClient.Ask(Address, "Ada"));
    }

    /// <summary>The latest customers leave, and the server knows.</summary>
    public async Task End(int count)
    {
        var open = The<Occupancy>().Open;
        foreach (var customer in customers[^count..])
        {
            (await customer.Post("disconnect")).Succeeded();
            customer.Dispose();
        }
        customers.RemoveRange(customers.Count - count, count);
        await Eventually.True(() => Task.FromResult(The<Occupancy>().Open == open - count));
    }

    /// <summary>Whether a chat begins at door B; if not, it is refused as its page says.</summary>
    public async Task<bool> CanBegin()
    {
        var answer = await DoorAnswer.Post(Http, CustomerClient.Service, [new("nickname", "Eve")]);
        if (answer.StatusCode == 0) return true;
        Assert.Equal((400, CannotStart), (answer.Http, Assert.Single(answer.ErrorCodes)));
        return false;
    }

    public async Task<bool> IsAvailable()
    {
        using var answer = await Http.GetAsync($"{CustomerClient.Service}/availability");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["open"]!.GetValue<bool>();
    }

    public async Task<bool> IsReady()
    {
        using var answer = await Http.GetAsync("/health/ready");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public async ValueTask DisposeAsync()
    {
        customers.ForEach(c => c.Dispose());
        Http.Dispose();
        await server.DisposeAsync();
        await Log.DisposeAsync();
    }
}
