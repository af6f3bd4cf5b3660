using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Operation;

/// <summary>One message is one trace, from whoever says it to all who are pushed, as a collector is sent it.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    /// <summary>A word in everything that people say in this test.</summary>
    private const string Said = "zq90817";

    private OtlpReceiver collector = null!;

    private string[] Telemetry =>
    [
        $"Parley:Telemetry:OtlpEndpoint={collector.Address}", "Parley:Telemetry:SendSpansEveryMs=10",
        "Parley:Telemetry:SendMetricsEveryMs=1000", "Parley:Telemetry:OtlpHeaders=x-key=open sesame",
    ];

    public async ValueTask InitializeAsync() => collector = await OtlpReceiver.Start();

    public async ValueTask DisposeAsync() => await collector.DisposeAsync();

    [Fact]
    public async Task A_message_is_followed_from_its_door_to_every_push()
    {
        await using var server = await StartedServer.Demo(Telemetry);
        await using var bob = await Ready(server.Address);
        await using var ada = await PushedCustomer.Ask(server.Address, $"{Said}Ada");
        var chat = await bob.AcceptNext();
        Assert.Equal(0, (await bob.Do(chat, "SendMessage", new() { ["text"] = $"{Said} from the agent" })).StatusCode);
        await ada.Publish("sendMessage", $$""","message":"{{Said}} from the customer" """);

        var byAgent = await Trace("SendMessage", chat, "push agent", "push customer", "POST /api/v2/me/chats/{id}");
        var request = byAgent.Named("POST /api/v2/me/chats/{id}");
        Assert.Equal("", request.Parent);
        Assert.Equal("200", request.Tags["http.response.status_code"]);
        Assert.Equal(request.Id, byAgent.Named("command SendMessage").Parent);
        CheckCourse(byAgent, "command SendMessage");
        Assert.Equal(byAgent.Named("tell").Id, byAgent.Named("push customer").Parent);

        var byCustomer = await Trace("CustomerSend", chat, "push agent", "push customer", "bayeux service");
        Assert.Equal("", byCustomer.Named("bayeux service").Parent);
        Assert.Equal(byCustomer.Named("bayeux service").Id, byCustomer.Named("command CustomerSend").Parent);
        CheckCourse(byCustomer, "command CustomerSend");

        Assert.DoesNotContain(Said, collector.Raw);
        Assert.DoesNotContain(ada.SecureKey, collector.Raw);
        Assert.DoesNotContain("secret1", collector.Raw);
        Assert.DoesNotContain("/service/chatV2", collector.Raw);
    }

    [Fact]
    public async Task A_message_is_followed_to_the_node_that_pushes_it()
    {
        await using var log = new FragileLog();
        await using var here = await StartedServer.Start(null, b => b.Services.AddSingleton<IEventLog>(log), Telemetry);
        await using var there = await StartedServer.Start(null, b => b.Services.AddSingleton<IEventLog>(log), Telemetry);
        await using var bob = await Ready(there.Address);
        using var ada = await CustomerClient.Ask(here.Address, "Ada");
        var chat = await bob.AcceptNext();
        await ada.Say("Hello");

        var trace = await Trace("CustomerSend", chat, "push agent");
        Assert.Equal(2, trace.Count(s => s.Name == "tell"));
        Assert.Contains(trace, s => s.Name == "tell" && s.Id == trace.Named("push agent").Parent);
    }

    [Fact]
    public async Task What_callers_say_of_traces_of_their_own_counts_for_nothing()
    {
        const string Foreign = "0af7651916cd43dd8448eb211c80319c";
        // this one logs: only then does the framework look at what callers say
        await using var server = await RunningServer.Start(null, [.. Telemetry.Select(s => $"--{s}")]);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("traceparent", $"00-{Foreign}-b7ad6b7169203331-01");
        using var created = await http.PostAsync(
            CustomerClient.Service, new FormUrlEncodedContent([KeyValuePair.Create("nickname", "Ada")]));
        created.EnsureSuccessStatusCode();

        await Eventually.True(() => Task.FromResult(
            collector.Spans.Any(s => s.Name.EndsWith("/2/chat/{service}/", StringComparison.Ordinal))));
        Assert.DoesNotContain(collector.Spans, s => s.Trace == Foreign);
    }

    [Fact]
    public async Task Metrics_are_sent_as_well_with_the_headers_that_the_collector_wants()
    {
        await using var server = await StartedServer.Demo(Telemetry);
        await using var bob = await Ready(server.Address);
        string[] expected = ["parley.append.duration", "parley.chats.open", "http.server.request.duration"];
        await Eventually.NoComplaint(() => Task.FromResult(
            expected.Except(collector.Metrics).ToList() is { Count: > 0 } missing ? $"No {string.Join(", ", missing)}." : null));
        Assert.Equal(["open sesame"], collector.Keys.Keys);
    }

    [Fact]
    public async Task What_is_not_traced_leaves_nothing_of_traces_in_the_log()
    {
        await using var log = new FragileLog();
        await using var server = await StartedServer.Start(
            null, b => b.Services.AddSingleton<IEventLog>(log), [.. Telemetry, "Parley:Telemetry:TracedPercent=0"]);
        using var ada = await CustomerClient.Ask(server.Address, "Ada");
        var stored = await log.ReadAsync($"chat/{ada.ChatId}");
        Assert.DoesNotContain("\"trace\"", System.Text.Encoding.UTF8.GetString(stored[0].Data.Span));
    }

    private static async Task<AgentClient> Ready(Uri server)
    {
        var bob = new AgentClient(server, "agent1", "secret1");
        await bob.SignIn();
        await bob.GoReady();
        return bob;
    }

    /// <summary>The command is stored, then told, and the telling pushes to the agent.</summary>
    private static void CheckCourse(List<OtlpReceiver.Span> trace, string command)
    {
        Assert.Equal(trace.Named(command).Id, trace.Named("append").Parent);
        Assert.Equal("Stored", trace.Named("append").Tags["parley.append.outcome"]);
        Assert.Equal(trace.Named(command).Id, trace.Named("tell").Parent);
        Assert.Equal(trace.Named("tell").Id, trace.Named("push agent").Parent);
        Assert.Equal("/v2/me/chats", trace.Named("push agent").Tags["messaging.destination.name"]);
        Assert.Equal("1", trace.Named("push agent").Tags["parley.sessions"]);
    }

    /// <summary>All spans of the trace in which the operation was done in the chat, once these are among them.</summary>
    private Task<List<OtlpReceiver.Span>> Trace(string operation, string chat, params string[] names) => Eventually.Get(
        () =>
        {
            var command = collector.Spans.FirstOrDefault(
                s => s.Name == $"command {operation}" && s.Tags.GetValueOrDefault("parley.chat") == chat);
            var trace = collector.Spans.Where(s => s.Trace == command?.Trace).ToList();
            return Task.FromResult(names.All(name => trace.Exists(s => s.Name == name)) && command is not null ? trace : null);
        },
        () => $"No trace of {operation} with {string.Join(", ", names)} among these spans: "
            + string.Join(", ", collector.Spans.Select(s => s.Name).Distinct()));
}

/// <summary>Looks into a trace.</summary>
internal static class TraceReading
{
    public static OtlpReceiver.Span Named(this List<OtlpReceiver.Span> trace, string name) => trace.First(s => s.Name == name);
}
